import type { WriteStream } from "node:tty";
import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

export type Telling = ReturnType<typeof createTelling>;

/** Says how the story goes on. Colours only where they can be seen and nobody has asked for none (`NO_COLOR`). */
export function createTelling(stream: WriteStream) {
  const styled = (style: Style, text: string): string => styleText(style, text, { stream });
  const line = (text: string): void => void stream.write(`${text}\n`);
  let told = 0;
  return {
    title: (text: string): void => line(`\n${styled("bold", text)}\n`),
    /** One thing that happens. It is said when it has come true, with the time that took. */
    async step<T>(name: string, comesTrue: () => Promise<T>): Promise<T> {
      const startedAt = performance.now();
      const number = String((told += 1)).padStart(2);
      try {
        const result = await comesTrue();
        const took = `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
        line(`${styled("green", ` ${number} ✓`)} ${name} ${styled("dim", took)}`);
        return result;
      } catch (error) {
        line(`${styled("red", ` ${number} ✗`)} ${name}`);
        throw error;
      }
    },
    /** What a person sees at this moment, as a picture of text. */
    show: (who: string, lines: readonly string[]): void => {
      line(styled("cyan", `      ╭─ ${who}`));
      for (const one of lines) line(`${styled("cyan", "      │")} ${one}`);
      line(styled("cyan", "      ╰─"));
    },
    failure: (text: string): void => line(`\n${styled("red", text)}`),
    aside: (text: string): void => line(styled("dim", text)),
  };
}
