import { demo } from "./demo/demo.ts";

process.exitCode = await demo();
