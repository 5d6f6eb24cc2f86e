export const TABLES = [];
