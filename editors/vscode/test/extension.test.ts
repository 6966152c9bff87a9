// Runs the extension against the real server, in a VS Code that is only pretended. NANOLINT is the command, nanolint on
// PATH otherwise; EXTENSION is the directory of the extension as users get it, the one that has been built here otherwise.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { CancellationTokenSource, open, start, told } from "./fake";

const nanolint = process.env.NANOLINT ?? "nanolint";
const here = join(__dirname, "..");
const extension = process.env.EXTENSION ?? here;
const broken = join(here, "..", "..", "examples", "broken");
const manifest = JSON.parse(readFileSync(join(extension, "package.json"), "utf8"));
const credit = open(join(broken, "credit.yaml"), "yaml");
const refund = open(join(broken, "refund.json"), "json");

let activated: { activate(context: unknown): Promise<void>; deactivate(): Promise<void> };

before(async () => {
  start(broken, [credit, refund], { "nanolint.path": nanolint });
  activated = require(join(extension, manifest.main));
  await activated.activate({ subscriptions: [] });
  assert.deepEqual(told.errors, []);
});

after(() => activated.deactivate());

/** until waits for something to be there. */
async function until<T>(what: () => T | undefined): Promise<T> {
  for (let tries = 0; tries < 1500; tries++) {
    const found = what();
    if (found !== undefined) return found;
    await new Promise((next) => setTimeout(next, 20));
  }
  throw new Error(`nothing came of waiting for ${what}`);
}

const run = (command: string, ...args: unknown[]) => told.commands.get(command)!(...args);

test("open programs have diagnostics", async () => {
  for (const [document, rule] of [[credit, "NL105"], [refund, "NL101"]] as const) {
    const found = await until(() => told.diagnostics.get(document.uri.toString()));
    const one = found.find((d) => (d.code.value ?? d.code) === rule);
    assert.ok(one, `no ${rule} in ${JSON.stringify(found)}`);
    assert.equal(one.severity, 0);
  }
});

test("hover answers", async () => {
  const line = credit.getText().split("\n").findIndex((l) => l.includes("id: score"));
  const hover = await told.providers.get("Hover").provideHover(credit, { line, character: 10 }, new CancellationTokenSource().token);
  assert.match(JSON.stringify(hover), /score/);
});

test("every language that is served starts the extension", () => {
  const served = told.selectors.get("Hover")!.map((s) => s.language).filter((l) => l !== undefined);
  const starts = manifest.activationEvents.filter((e: string) => e.startsWith("onLanguage:")).map((e: string) => e.slice("onLanguage:".length));
  assert.deepEqual([...new Set(served)].sort(), starts.sort());
});

test("the graph that stands above a program is a page that runs and loads nothing", async () => {
  const lenses = await told.providers.get("CodeLens").provideCodeLenses(credit, new CancellationTokenSource().token);
  const { command } = lenses.find((l: any) => l.command.command === "nanolint.graph");
  await run(command.command, ...command.arguments);
  const panel = told.panels.pop();
  assert.equal(panel.title, "Workflow graph");
  assert.equal(panel.options.enableScripts, false);
  const { html } = panel.webview;
  assert.match(html, /<svg[^]*switch_provider[^]*<\/svg>/);
  assert.match(html, /Content-Security-Policy" content="default-src 'none'/);
  assert.doesNotMatch(html, /<script|\son\w+=|(href|src)="(?!#)/);
});

test("what other commands return is shown as documents", async () => {
  await run("nanolint.paths", { uri: credit.uri.toString() });
  assert.match(told.documents.pop().content, /success {2}score → provider_up → prepare/);
  await run("nanolint.dryRun", { uri: credit.uri.toString() });
  const ran = told.documents.pop();
  assert.equal(ran.language, "json");
  assert.ok(JSON.parse(ran.content).path.length > 0, ran.content);
  await run("nanolint.explain", "NL101");
  const page = told.documents.pop();
  assert.equal(page.language, "markdown");
  assert.match(page.content, /undefined-target/);
});

test("every line of the task's output that is a finding is a problem", () => {
  const [task] = told.tasks.provideTasks();
  assert.equal(task.problemMatchers, "$nanolint");
  const { stdout } = spawnSync(task.execution.process, task.execution.args, { encoding: "utf8", cwd: broken });
  const { pattern } = manifest.contributes.problemMatchers.find((m: { name: string }) => m.name === "nanolint");
  const lines = stdout.split("\n");
  const matched = lines.map((line) => new RegExp(pattern.regexp).exec(line)).filter((m) => m !== null);
  assert.equal(matched.length, lines.filter((line) => line.includes("[NL")).length, stdout);
  assert.ok(matched.some((m) => m[pattern.file].endsWith("credit.yaml") && m[pattern.code] === "NL105" && m[pattern.line] === "6"), stdout);
  for (const m of matched) {
    assert.match(m[pattern.code], /^NL\d+$/);
    assert.ok(["error", "warning", "info"].includes(m[pattern.severity]));
  }
});

test("a task checks the paths of its definition", () => {
  const task = told.tasks.resolveTask({ definition: { type: "nanolint", paths: ["credit.yaml"] }, scope: undefined });
  const { stdout } = spawnSync(task.execution.process, task.execution.args, { encoding: "utf8", cwd: broken });
  assert.match(stdout, /^credit\.yaml:/);
  assert.doesNotMatch(stdout, /refund/);
});

test("the server can be started again", async () => {
  told.diagnostics.clear();
  await run("nanolint.restart");
  assert.deepEqual(told.errors, []);
  await until(() => told.diagnostics.get(credit.uri.toString()));
});
