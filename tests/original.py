"""What the original left: the states of its two projects, and the Azure that they are about.

Written by the original itself, applied to the stand-in for Azure and to a real kube-apiserver, with
its modules Azure/aks 6.8.0 and Azure/subnets 1.0.0 and with azurerm 3.117.1, helm 2.17.0, kubectl
1.19.0 and random 3.4.3. Taken out: credentials, notes of charts, the text of the monitors. Written
in: where the charts came from, and which Prometheus was newest in March 2023.
"""

from pathlib import Path

FOLDER = Path(__file__).parent / "recorded" / "original"
RECORDED = {"aks": FOLDER / "aks-tf.json", "istio": FOLDER / "istio-tf.json"}
AZURE = FOLDER / "azure.json"
