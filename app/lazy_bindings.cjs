"use strict";
// Run by Node.js before jsii, see lazy_bindings.py.
//
// A binding's lib/index.js loads every resource of its provider, 1,527 files for azurerm. Beside it
// the binding has lib/lazy-index.js, which loads a resource when it is first asked for. The package
// names the former as its entry, so whoever asks for the entry is given the latter.
//
// `require.extensions` is Node's documented way to say how a file is loaded. The files themselves,
// and jsii, stay as they are. Without a lazy index, the entry is loaded as always.

const { existsSync } = require("node:fs");

const ENTRY = /[\\/]@cdktf[\\/]provider-[^\\/]+[\\/](?:[^\\/]+[\\/]){0,2}lib[\\/]index\.js$/;
const load = require.extensions[".js"];

require.extensions[".js"] = (module, file) => {
  const lazy = file.replace(/index\.js$/, "lazy-index.js");
  load(module, ENTRY.test(file) && existsSync(lazy) ? lazy : file);
};
