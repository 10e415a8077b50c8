import type {Dialect} from '../../workshop/model.js';

const signs: Record<Dialect, string> = {sh: '$ ', powershell: 'PS> ', cmd: '> '};

/** What a dialect's shell puts before a command. */
export const promptSign = (dialect: Dialect): string => signs[dialect];
