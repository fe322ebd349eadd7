{{/* The Gateway as VirtualServices of any namespace name it. */}}
{{- define "ingress-routing.gateway" -}}
{{ .Release.Namespace }}/{{ .Values.gateway.name }}
{{- end }}

{{/*
The rule that answers the health probe from the gateway itself. It stands first in every
VirtualService, so that the path is the gateway's for every host: the origin lock lets it through.
*/}}
{{- define "ingress-routing.probe" -}}
- name: probe
  match:
    - uri:
        exact: {{ .Values.probe.path | quote }}
  rewrite:
    uri: /healthz/ready
  route:
    - destination:
        host: {{ .Values.probe.service | quote }}
        port:
          number: 15021
  {{- include "ingress-routing.discretion" . | nindent 2 }}
{{- end }}

{{/*
The lock's id is its only secret. It is checked before a request is routed, and no service has a use
for it.
*/}}
{{- define "ingress-routing.discretion" -}}
{{- if .Values.originLock.enabled -}}
headers:
  request:
    remove: [x-azure-fdid]
{{- end }}
{{- end }}

{{/* The ports on which the gateway listens for requests. */}}
{{- define "ingress-routing.ports" -}}
{{ if .Values.gateway.http }}80{{ if .Values.gateway.https }},{{ end }}{{ end }}{{ if .Values.gateway.https }}443{{ end }}
{{- end }}
