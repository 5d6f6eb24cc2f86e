import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { Juror, type Tried } from "./jury.ts";
import { type Mutant, mutantsOf } from "./mutants.ts";

/**
 * `npm run mutants [-- --only domain/settle.ts --max 150]`: makes one small mistake after the other in the rules and asks the
 * tests of the rules whether they see it. What they let pass is a missing sentence, or changes nothing: equivalent.json
 * says which and why. Fails below 95 % of the others.
 */
const LEAST_PERCENT = 95;

const { values } = parseArgs({
  options: { only: { type: "string", multiple: true, default: ["domain/"] }, max: { type: "string", default: "1000" } },
});

const ROOT = join(import.meta.dirname, "../..");
const Equivalents = z.array(
  z.strictObject({ file: z.string(), text: z.string(), mutation: z.string(), because: z.string() }),
);
const equivalents = Equivalents.parse(JSON.parse(readFileSync(join(import.meta.dirname, "equivalent.json"), "utf8")));

const copy = realpathSync(mkdtempSync(join(tmpdir(), "paythread-mutants-")));
try {
  copyRules();
  const found = findMutants();
  const changing = found.filter((mutant) => !isEquivalent(mutant));
  const tried = await tryAll(sampleOf(changing, Number(values.max)));
  process.exitCode = sayAll(tried, found) ? 0 : 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}

/** The rules as they are at this moment: whoever edits them meanwhile kills no mutant. */
function copyRules(): void {
  for (const folder of ["domain", "test/domain"]) cpSync(join(ROOT, folder), join(copy, folder), { recursive: true });
  cpSync(join(ROOT, "package.json"), join(copy, "package.json"));
  symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"), "junction");
}

function findMutants(): readonly Mutant[] {
  return readdirSync(join(copy, "domain"))
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `domain/${name}`)
    .filter(isWanted)
    .flatMap((file) => mutantsOf(file, readFileSync(join(copy, file), "utf8")));
}

function isWanted(file: string): boolean {
  return values.only.some((beginning) => file.startsWith(beginning));
}

function isEquivalent(mutant: Mutant): boolean {
  return equivalents.some((one) => names(one, mutant));
}

function names(one: z.infer<typeof Equivalents>[number], { file, was, mutation }: Mutant): boolean {
  return one.file === file && one.text === was && one.mutation === mutation;
}

/** So many at most, evenly out of all files. */
function sampleOf(all: readonly Mutant[], max: number): readonly Mutant[] {
  const most = Math.min(max, all.length);
  return Array.from({ length: most }, (_, index) => all[Math.floor((index * all.length) / most)] as Mutant);
}

async function tryAll(mutants: readonly Mutant[]): Promise<readonly Tried[]> {
  const tried: Tried[] = [];
  const left = mutants.values();
  const jurors = Array.from({ length: Math.min(4, availableParallelism()) }, () => new Juror(copy));
  const work = async (juror: Juror): Promise<void> => {
    const failed = await juror.begin("domain/invoice.ts");
    if (failed !== null) throw new Error(`the tests cannot tell mutants (${failed}): make them pass as they are first`);
    for (const mutant of left) {
      tried.push(await juror.try(mutant));
      sayProgress(tried, mutants.length);
    }
  };
  try {
    await Promise.all(jurors.map(work));
  } finally {
    for (const juror of jurors) juror.end();
  }
  return tried;
}

function sayProgress(tried: readonly Tried[], all: number): void {
  const last = tried.at(-1);
  if (!last) return;
  const said = `${String(tried.length).padStart(4)}/${all} ${sentenceOf(last)}`;
  if (last.failed === null || !process.stderr.isTTY) console.error(said);
  else process.stderr.write(`\r\u001b[K${said.slice(0, (process.stderr.columns || 80) - 1)}\r`);
}

function sentenceOf({ mutant: { file, line, column, mutation, is }, failed }: Tried): string {
  const end = failed === null ? "SURVIVED" : `killed by ${failed}`;
  return `${file}:${line}:${column}  ${mutation}  ${end}  |  ${is}`;
}

/** The survivors and the score; whether it is good enough. */
function sayAll(tried: readonly Tried[], found: readonly Mutant[]): boolean {
  const survivors = tried.filter(({ failed }) => failed === null);
  const killed = tried.length - survivors.length;
  const score = (100 * killed) / Math.max(1, tried.length);
  for (const one of survivors) console.log(sentenceOf(one));
  const gone = equivalents.filter((one) => isWanted(one.file) && !found.some((mutant) => names(one, mutant)));
  for (const { file, text } of gone) console.log(`equivalent.json names a line that ${file} has no more: ${text}`);
  console.log(
    `${tried.length} tried, ${killed} killed, ${survivors.length} survived; ${found.filter(isEquivalent).length} more change nothing`,
  );
  console.log(`score ${score.toFixed(1)} %, at least ${LEAST_PERCENT} % are asked for`);
  return tried.length > 0 && score >= LEAST_PERCENT;
}
