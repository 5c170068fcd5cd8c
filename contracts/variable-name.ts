/** The name of a scenario's variable: a letter or `_` first, dots between parts. */
export const VARIABLE_NAME_PATTERN = /^[A-Za-z_][\w-]*(\.[\w-]+)*$/;
