/** What a field means stands below it, so that fields beside each other are on one line. */
export const FIELD_ORDER = ['label', 'input', 'error', 'description'] as const;
