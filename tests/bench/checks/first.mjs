// One first evaluation in a fresh process: loads an engine, opens it, decides one sheet, prints the CPU ms of that.
//   node first.mjs BUNDLE MODULE|- INPUT (JSON)
import {readFileSync} from 'node:fs';

const [bundle, module, input] = process.argv.slice(2);
const sheet = JSON.parse(input);
const begun = process.cpuUsage();
const {open} = await import(bundle);
const decide = await open(module === '-' ? undefined : readFileSync(module));
const outcome = decide(sheet);
const {user, system} = process.cpuUsage(begun);
console.log(JSON.stringify({ms: (user + system) / 1000, outcome}));
