// Lets the real Mermaid parse charts: node parse.mjs FOLDER < JSON list of texts. Prints a line for
// each that it refuses. FOLDER is a node_modules with the packages mermaid and jsdom.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const from = createRequire(`${process.argv[2]}/`);
const { JSDOM } = from("jsdom");
const { window } = new JSDOM("");
globalThis.window = window;
globalThis.document = window.document;
const { default: mermaid } = await import(pathToFileURL(from.resolve("mermaid")).href);
for (const [number, text] of JSON.parse(readFileSync(0, "utf8")).entries()) {
  try {
    await mermaid.parse(text);
  } catch (error) {
    console.log(`${number}: ${String(error).split("\n")[0]}`);
  }
}
