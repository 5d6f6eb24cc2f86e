type Terminal = { readonly isTTY?: boolean | undefined; write(text: string): unknown };

const STEP = 1000;

/** Says how far a long import is: one line that is rewritten on a terminal, a line every 1000 rows elsewhere. */
export function createProgress(terminal: Terminal, doing: string) {
  let said = 0;
  return {
    show(rows: number): void {
      if (rows - said < (terminal.isTTY === true ? STEP / 10 : STEP)) return;
      said = rows;
      terminal.write(terminal.isTTY === true ? `\r${doing}: ${rows} rows` : `${doing}: ${rows} rows\n`);
    },
    /** What is written next begins on a line of its own. */
    end(): void {
      if (terminal.isTTY === true && said > 0) terminal.write("\n");
    },
  };
}
