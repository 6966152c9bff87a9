import * as vscode from "vscode";
import { LanguageClient } from "vscode-languageclient/node";
import { show } from "./results";

/** What programs are written in, as VS Code calls it. */
const languages = ["json", "jsonc", "jsonl", "yaml", "python", "markdown", "mdx"];

let client: LanguageClient | undefined;

function command(): string {
  return vscode.workspace.getConfiguration("nanolint").get<string>("path", "nanolint");
}

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  context.subscriptions.push(
    vscode.commands.registerCommand("nanolint.restart", start),
    vscode.tasks.registerTaskProvider("nanolint", { provideTasks, resolveTask: (t) => checkTask(t.definition, t.scope) }),
    vscode.workspace.onDidChangeConfiguration((e) => (e.affectsConfiguration("nanolint.path") ? start() : undefined)),
  );
  await start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
  client = undefined;
}

async function start(): Promise<void> {
  await deactivate();
  const next = new LanguageClient(
    "nanolint",
    "nanolint",
    { command: command(), args: ["lsp"] },
    {
      documentSelector: [
        ...languages.flatMap((language) => ["file", "untitled"].map((scheme) => ({ scheme, language }))),
        { scheme: "file", pattern: "**/pyproject.toml" },
      ],
      middleware: {
        executeCommand: async (name, args, run) => {
          const result: unknown = await run(name, args);
          await present(name, result);
          return result;
        },
      },
    },
  );
  try {
    await next.start();
    client = next;
  } catch (e) {
    void vscode.window.showErrorMessage(`nanolint cannot be started: ${String(e)}. Set nanolint.path to where it is.`);
  }
}

async function present(name: string, result: unknown): Promise<void> {
  const shown = show(name, result);
  if (shown?.kind === "page") {
    const panel = vscode.window.createWebviewPanel("nanolint.graph", shown.title, vscode.ViewColumn.Beside, { enableScripts: false });
    panel.webview.html = shown.html;
  } else if (shown) {
    const document = await vscode.workspace.openTextDocument({ language: shown.language, content: shown.text });
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: true });
  }
}

function provideTasks(): vscode.Task[] {
  return (vscode.workspace.workspaceFolders ?? []).map((folder) => checkTask({ type: "nanolint" }, folder));
}

function checkTask(definition: vscode.TaskDefinition, scope: vscode.Task["scope"]): vscode.Task {
  const paths = (definition.paths as string[] | undefined) ?? ["."];
  const run = new vscode.ProcessExecution(command(), ["check", "--color", "never", ...paths]);
  const task = new vscode.Task(definition, scope ?? vscode.TaskScope.Workspace, "check", "nanolint", run, "$nanolint");
  task.group = vscode.TaskGroup.Build;
  return task;
}
