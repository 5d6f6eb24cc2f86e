import { enableCompileCache } from "node:module";

// The second start need not compile what the first has compiled.
enableCompileCache();

const { start } = await import("./start.ts");
await start();
