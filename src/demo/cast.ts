/** Who plays: the people of the stand-ins, and the invoice that lies in a newcomer's book. */
export const INVOICE = "INV-1042";
export const MANAGER = "U0ANI";
export const CHANNEL = "C0SALES";
export const CUSTOMER = 374_001;
