// Reads which modules a source file names, in every way a module can be named. Called by the
// dependency law and by the search for circles.
import path from "node:path";
import ts from "typescript";

/** A file of ours: `path` from the root, with forward slashes. */
export interface SourceFile {
  path: string;
  text: string;
}

export interface Import {
  /** A path from the root for files of ours, else the name of the package. */
  to: string;
  kind: "own" | "package";
  /** `late` is import(): read when the line runs. `type` is gone when the program runs. */
  when: "start" | "late" | "type";
  line: number;
}

const known = new WeakMap<SourceFile, Import[]>();

/** Every import, re-export, import(), import type and require() with a literal name. */
export function importsOf(file: SourceFile): Import[] {
  const imports = known.get(file) ?? readImports(file);
  known.set(file, imports);
  return imports;
}

function readImports(file: SourceFile): Import[] {
  const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true);
  const imports: Import[] = [];
  const add = (name: ts.Node | undefined, when: Import["when"]): void => {
    if (name === undefined || !ts.isStringLiteralLike(name)) return;
    const line = source.getLineAndCharacterOfPosition(name.getStart()).line + 1;
    imports.push({ ...resolve(file.path, name.text), when, line });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      const typeOnly = node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
      add(node.moduleSpecifier, typeOnly ? "type" : "start");
    } else if (ts.isExportDeclaration(node)) {
      add(node.moduleSpecifier, node.isTypeOnly ? "type" : "start");
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal, "type");
    } else if (ts.isCallExpression(node)) {
      if (node.expression.kind === ts.SyntaxKind.ImportKeyword) add(node.arguments[0], "late");
      if (isRequire(node.expression)) add(node.arguments[0], "start");
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return imports;
}

function isRequire(callee: ts.Expression): boolean {
  return ts.isIdentifier(callee) && callee.text === "require";
}

function resolve(from: string, name: string): Pick<Import, "to" | "kind"> {
  const bare = name.split("?")[0] ?? name;
  if (bare.startsWith(".")) {
    return { to: path.posix.join(path.posix.dirname(from), bare), kind: "own" };
  }
  if (bare.startsWith("node:")) return { to: bare, kind: "package" };
  const parts = bare.split("/");
  const length = bare.startsWith("@") ? 2 : 1;
  return { to: parts.slice(0, length).join("/"), kind: "package" };
}
