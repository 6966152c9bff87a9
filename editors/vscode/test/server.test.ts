// Talks to the real server as the extension does, without VS Code. NANOLINT is the command, nanolint on PATH otherwise.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";
import { show } from "../src/results";

const nanolint = process.env.NANOLINT ?? "nanolint";
const here = join(__dirname, "..", "..");
const credit = join(here, "..", "..", "examples", "broken", "credit.yaml");

test("what the commands return can be shown", async () => {
  const server = spawn(nanolint, ["lsp"], { stdio: ["pipe", "pipe", "inherit"] });
  const connection = createMessageConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
  const said = new Promise<{ diagnostics: unknown[] }>((done) => connection.onNotification("textDocument/publishDiagnostics", done));
  connection.listen();
  try {
    await connection.sendRequest("initialize", { processId: null, rootUri: null, capabilities: {} });
    await connection.sendNotification("initialized", {});
    const uri = "file:///ws/credit.yaml";
    await connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId: "yaml", version: 1, text: readFileSync(credit, "utf8") },
    });
    assert.ok((await said).diagnostics.length > 0);

    const run = async (command: string, argument: unknown) =>
      show(command, await connection.sendRequest("workspace/executeCommand", { command, arguments: [argument] }));
    const graph = await run("nanolint.graph", { uri });
    assert.ok(graph?.kind === "page" && graph.html.includes("<svg") && graph.html.includes("switch_provider"));
    const paths = await run("nanolint.paths", { uri });
    assert.ok(paths?.kind === "document" && /success {2}score → provider_up → prepare/.test(paths.text), JSON.stringify(paths));
    const rule = await run("nanolint.explain", "NL101");
    assert.ok(rule?.kind === "document" && rule.text.includes("undefined-target"));
    await connection.sendRequest("shutdown");
  } finally {
    await connection.sendNotification("exit");
    connection.end();
  }
});

test("the problem matcher reads what check prints", () => {
  const { contributes } = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
  const pattern = contributes.problemMatchers[0].pattern;
  const { stdout } = spawnSync(nanolint, ["check", "--color", "never", credit], { encoding: "utf8" });
  const matched = stdout.split("\n").map((line) => new RegExp(pattern.regexp).exec(line)).filter((m) => m !== null);
  assert.ok(matched.length > 0, stdout);
  for (const m of matched) {
    assert.equal(m[pattern.file], credit);
    assert.match(m[pattern.code], /^NL\d+$/);
    assert.ok(["error", "warning", "info"].includes(m[pattern.severity]));
  }
});
