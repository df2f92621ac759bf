// How the scenarios tell what they see: a line for each thing, compared by node_test.py.
"use strict";
const { inspect } = require("node:util");

const form = { depth: null, breakLength: Infinity, compact: true, sorted: true };

function say(...what) {
  console.log(what.map((one) => inspect(one, form)).join(", "));
}

// What is promised, or how it fails.
async function attempt(promise) {
  try {
    return await promise;
  } catch (error) {
    return `${error.name}: ${error.message}`;
  }
}

// Asks again and again; node_test.py ends what takes too long.
async function until(condition) {
  while (!(await condition()));
}

// Whether CLIENT LIST shows one subscriber to one of each kind, and not the one that was killed.
function cameBack(list, killed) {
  return list.trim().split("\n").length === 1 && !list.startsWith(`id=${killed} `) &&
    list.includes(" sub=1 psub=1 ssub=1 ");
}

// How serving one that waits went, and what it was told then. It is served once INFO counts it as
// blocked, and the next one may wait once it no longer does.
async function served(info, wait, serve) {
  const blocked = async () => Number(/blocked_clients:(\d+)/.exec(await info())[1]);
  let done = false;
  const told = attempt(wait()).finally(() => { done = true; });
  await until(async () => done || (await blocked()) === 1);
  const seen = [await serve(), await told];
  await until(async () => (await blocked()) === 0);
  return seen;
}

async function scenarios(...functions) {
  for (const one of functions) {
    console.log(`== ${one.name}`);
    await one();
  }
  process.exit();  // and wait for no timer that a client has left behind
}

module.exports = { attempt, cameBack, say, scenarios, served, until };
