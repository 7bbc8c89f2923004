// The matrix's size, which its model and its view share. Data only.
export const columns = 5;
export const rows = 5;
