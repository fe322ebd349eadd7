"use strict";
// A proxy as istiod sees it: subscribes to clusters, listeners, and the routes that they name.
//
//     node subscribe.cjs http://127.0.0.1:15010 '{"id": "router~...", "metadata": {...}}' http.80
//
// It reads no answer, it only acknowledges, so that istiod's own /debug/config_dump has everything
// that was sent. Plain Envoy would refuse the listener for Istio's own filters, and never ask for
// routes. The protocol is gRPC: length-prefixed messages over HTTP/2, here in the clear.

const http2 = require("node:http2");

const TYPES = "type.googleapis.com/envoy.config.";
const LISTENERS = `${TYPES}listener.v3.Listener`;
const ROUTES = `${TYPES}route.v3.RouteConfiguration`;
const CLUSTERS = `${TYPES}cluster.v3.Cluster`;

// Protocol buffers: a field is its number and wire type, then for all of ours a length and bytes.
const varint = (n) => (n < 128 ? [n] : [(n & 127) | 128, ...varint(n >>> 7)]);
const bytes = (field, content) => {
  const raw = Buffer.from(content);
  return Buffer.concat([Buffer.from([...varint((field << 3) | 2), ...varint(raw.length)]), raw]);
};

// google.protobuf.Struct and its values.
const struct = (object) =>
  Buffer.concat(
    Object.entries(object).map(([key, inner]) =>
      bytes(1, Buffer.concat([bytes(1, key), bytes(2, value(inner))])),
    ),
  );
const value = (inner) => {
  if (typeof inner === "string") return bytes(3, inner);
  if (typeof inner === "boolean") return Buffer.from([(4 << 3) | 0, inner ? 1 : 0]);
  if (typeof inner === "number") {
    const number = Buffer.alloc(9);
    number[0] = (2 << 3) | 1;
    number.writeDoubleLE(inner, 1);
    return number;
  }
  return bytes(5, struct(inner));
};

// DiscoveryRequest: version_info 1, node 2, resource_names 3, type_url 4, response_nonce 5.
const request = (type, names, node, nonce) =>
  Buffer.concat([
    ...(node ? [bytes(2, Buffer.concat([bytes(1, node.id), bytes(3, struct(node.metadata))]))] : []),
    ...names.map((name) => bytes(3, name)),
    bytes(4, type),
    ...(nonce ? [bytes(5, nonce)] : []),
  ]);
const framed = (message) => {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
};

// type_url 4 and nonce 5 of a DiscoveryResponse.
const fields = (message) => {
  const found = {};
  for (let at = 0; at < message.length; ) {
    const tag = message[at++];
    let length = 0;
    for (let shift = 0; ; shift += 7) {
      const next = message[at++];
      length += (next & 127) * 2 ** shift;
      if (next < 128) break;
    }
    if ((tag & 7) !== 2) continue; // A number, which is read already.
    if (tag >> 3 > 3) found[tag >> 3] = message.toString("utf8", at, at + length);
    at += length;
  }
  return { type: found[4], nonce: found[5] };
};

const [address, node, ...routes] = process.argv.slice(2);
const stream = http2.connect(address).request({
  ":method": "POST",
  ":path": "/envoy.service.discovery.v3.AggregatedDiscoveryService/StreamAggregatedResources",
  "content-type": "application/grpc",
  te: "trailers",
});
let waiting = Buffer.alloc(0);
const missing = new Set([CLUSTERS, LISTENERS, ROUTES]);
stream.write(framed(request(CLUSTERS, [], JSON.parse(node))));
stream.write(framed(request(LISTENERS, [])));
stream.write(framed(request(ROUTES, routes)));
stream.on("data", (chunk) => {
  waiting = Buffer.concat([waiting, chunk]);
  while (waiting.length >= 5 && waiting.length >= 5 + waiting.readUInt32BE(1)) {
    const end = 5 + waiting.readUInt32BE(1);
    const { type, nonce } = fields(waiting.subarray(5, end));
    waiting = waiting.subarray(end);
    stream.write(framed(request(type, type === ROUTES ? routes : [], undefined, nonce)));
    missing.delete(type);
    if (missing.size === 0) console.log("subscribed");
  }
});
stream.on("error", (error) => {
  console.error(String(error));
  process.exit(1);
});
stream.on("end", () => process.exit(1));
