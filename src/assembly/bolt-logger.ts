import { LogLevel } from "@slack/bolt";
import type { Logger } from "pino";

/** Bolt's logger takes any number of arguments; pino wants one object and one text. Levels are pino's affair. */
export function boltLogger(log: Logger) {
  const write =
    (level: "debug" | "info" | "warn" | "error") =>
    (...words: unknown[]): void => {
      const error = words.find((word) => word instanceof Error);
      const text = words
        .filter((word) => word !== error)
        .map(String)
        .join(" ");
      log[level]({ ...(error ? { err: error } : {}), component: "slack" }, text);
    };
  return {
    debug: write("debug"),
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
    setLevel: (): void => undefined,
    setName: (): void => undefined,
    // The SDK decides by this what it bothers to write. Its debug lines hold addresses that are capabilities.
    getLevel: () => LogLevel.INFO,
  };
}
