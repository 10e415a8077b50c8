declare const __VERSION__: string | undefined;

/** The version of this program, which its build puts in. */
export const programVersion = typeof __VERSION__ === 'string' ? __VERSION__ : '0.0.0';
