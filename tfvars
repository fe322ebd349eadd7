# A sample: cp tfvars .tfvars, change it, and make plan STACK=aks VAR_FILE=.tfvars
# What stands here overrides the table [cluster] of the settings.
agents_size = "Standard_D4s_v5"

# region                          = "westeurope"
# kubernetes_version              = "1.35"
# rbac_aad_admin_group_object_ids = ["00000000-0000-0000-0000-000000000000"]
