/** With what a new loop begins: what most loops say. */
export const NEW_LOOP = `categories: cvat
batch:
  size: 50
`;
