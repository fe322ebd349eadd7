"""Names by which the two stacks find each other inside the cluster and the network."""

INGRESS_POOL = "ingress"
PLC_SUBNET = "plc"

MESH_NAMESPACE = "istio-system"
INGRESS = "istio-ingress"
MONITORING = "prometheus"
SAMPLE = "echoserver"
