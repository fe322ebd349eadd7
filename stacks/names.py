"""Names by which the two stacks find each other inside the cluster and the network."""

INGRESS_POOL = "ingress"
PLC_SUBNET = "plc"
