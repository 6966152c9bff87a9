// A VS Code with nothing in it: as much of its API as the extension and the client of the protocol ask for. What is not
// written here is there and does nothing.
import { readFileSync } from "node:fs";
import Module from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

type Made = Record<string, unknown>;

/** What the extension has told VS Code. */
export const told = {
  commands: new Map<string, (...args: unknown[]) => unknown>(),
  providers: new Map<string, any>(),
  selectors: new Map<string, any[]>(),
  diagnostics: new Map<string, any[]>(),
  panels: [] as any[],
  documents: [] as any[],
  errors: [] as string[],
  tasks: undefined as any,
};

class Disposable {
  constructor(readonly dispose: () => unknown = () => undefined) {}
  static from = (...all: Disposable[]) => new Disposable(() => all.forEach((d) => d.dispose()));
}

export class CancellationTokenSource {
  token = { isCancellationRequested: false, onCancellationRequested: () => new Disposable() };
  cancel = () => (this.token.isCancellationRequested = true);
  dispose(): void {}
}

class EventEmitter {
  event = () => new Disposable();
  fire(): void {}
  dispose(): void {}
}

class Position {
  constructor(readonly line: number, readonly character: number) {}
}

class Range {
  start: Position;
  end: Position;
  constructor(a: Position | number, b: Position | number, line?: number, character?: number) {
    this.start = typeof a === "number" ? new Position(a, b as number) : a;
    this.end = typeof a === "number" ? new Position(line!, character!) : (b as Position);
  }
}

class Uri {
  readonly scheme: string;
  readonly fsPath: string;
  constructor(private readonly text: string) {
    this.scheme = text.slice(0, text.indexOf(":"));
    this.fsPath = this.scheme === "file" ? fileURLToPath(text) : text;
  }
  static parse = (text: string) => new Uri(text);
  static file = (path: string) => new Uri(pathToFileURL(path).href);
  toString = () => this.text;
}

class Diagnostic {
  constructor(readonly range: Range, readonly message: string, readonly severity: number) {}
}

class CodeActionKind {
  constructor(readonly value: string) {}
  append = (part: string) => new CodeActionKind(`${this.value}.${part}`);
  static Empty = new CodeActionKind("");
}

class Task {
  constructor(readonly definition: unknown, readonly scope: unknown, readonly name: string, readonly source: string,
    readonly execution: unknown, readonly problemMatchers: unknown) {}
}

class ProcessExecution {
  constructor(readonly process: string, readonly args: string[]) {}
}

const nothing = () => new Disposable();

/** anything is a namespace or a class: of what is asked of it that is not known, classes are like it, and functions do nothing. */
function anything(known: Made): any {
  const target = class {
    constructor(...args: unknown[]) {
      Object.assign(this, args);
    }
  };
  return new Proxy(target, {
    get: (_, name: string) => {
      if (name in target || typeof name === "symbol" || name === "then") return Reflect.get(target, name);
      return (known[name] ??= /^[A-Z]/.test(name) ? anything({}) : nothing);
    },
  });
}

/** open is a document of an editor. */
export function open(path: string, languageId: string) {
  const text = readFileSync(path, "utf8");
  return { uri: Uri.file(path), languageId, version: 1, isClosed: false, isDirty: false, getText: () => text };
}

/** start is VS Code with open documents in a folder, and settings. */
export function start(folder: string, textDocuments: ReturnType<typeof open>[], settings: Made): void {
  const registering: Made = {};
  for (const kind of ["Hover", "CodeLens"]) {
    registering[`register${kind}Provider`] = (selector: any[], provider: unknown) => {
      told.selectors.set(kind, selector);
      told.providers.set(kind, provider);
      return new Disposable(() => told.providers.delete(kind));
    };
  }
  const vscode: Made = {
    version: "1.90.0",
    Disposable, CancellationTokenSource, EventEmitter, Position, Range, Uri, Diagnostic, CodeActionKind, Task, ProcessExecution,
    DiagnosticSeverity: { Error: 0, Warning: 1, Information: 2, Hint: 3 },
    DiagnosticTag: { Unnecessary: 1, Deprecated: 2 },
    ViewColumn: { Beside: -2 },
    TaskGroup: { Build: "build" },
    TaskScope: { Workspace: 2 },
    env: { language: "en", appName: "fake" },
    languages: anything({
      ...registering,
      match: (selector: any[], d: any) =>
        selector.some((s) => s.scheme === d.uri.scheme && s.language === d.languageId) ? 10 : 0,
      createDiagnosticCollection: () => ({
        set: (uri: Uri, all: any[] | undefined) => told.diagnostics.set(uri.toString(), all ?? []),
        delete: (uri: Uri) => told.diagnostics.delete(uri.toString()),
        clear: () => told.diagnostics.clear(),
        dispose: () => told.diagnostics.clear(),
      }),
    }),
    commands: anything({
      registerCommand: (name: string, run: (...args: unknown[]) => unknown) => {
        told.commands.set(name, run);
        return new Disposable(() => told.commands.delete(name));
      },
    }),
    tasks: anything({ registerTaskProvider: (_: string, provider: unknown) => ((told.tasks = provider), new Disposable()) }),
    window: anything({
      tabGroups: { all: [], onDidChangeTabs: () => new Disposable() },
      activeTextEditor: undefined,
      createOutputChannel: () => ({ append() {}, appendLine() {}, dispose() {}, show() {} }),
      withProgress: (_: unknown, run: (p: unknown, t: unknown) => unknown) => run({ report() {} }, new CancellationTokenSource().token),
      createWebviewPanel: (type: string, title: string, column: number, options: unknown) => {
        const panel = { type, title, column, options, webview: { html: "" } };
        told.panels.push(panel);
        return panel;
      },
      showErrorMessage: async (message: string) => void told.errors.push(message),
      showTextDocument: async (document: unknown) => void told.documents.push(document),
    }),
    workspace: anything({
      textDocuments,
      notebookDocuments: [],
      workspaceFolders: [{ uri: Uri.file(folder), name: "folder", index: 0 }],
      getWorkspaceFolder: () => undefined,
      getConfiguration: (section: string) => ({
        get: (name: string, otherwise: unknown) => settings[`${section}.${name}`] ?? otherwise,
        inspect: () => undefined,
      }),
      openTextDocument: async (document: unknown) => document,
    }),
  };
  // What the extension imports by name must be there; the client of the protocol asks for more.
  const api = new Proxy(vscode, { get: (known, name: string) => (known[name] ??= anything({})) });
  const load = (Module as any)._load;
  (Module as any)._load = (name: string, ...rest: unknown[]) => (name === "vscode" ? api : load(name, ...rest));
}
