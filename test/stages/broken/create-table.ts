/** A build that fails, and what is said of it. */
export type BrokenBuild = {
	name: string;
	/** What is in the folder `app`, where the build runs beside it. */
	files: Record<string, string | Uint8Array>;
	/** The words behind `docker build`. */
	words: string[];
	/** Null: nothing, as no cause is sure, or as it builds there. */
	says: Record<'buildkit' | 'legacy', string | null>;
	/** The line of the Dockerfile that BuildKit is said to have failed at; null: any. */
	line: number | null;
	/** Tried on real engines with each run of the tests; of the others, what 26 printed is read again. */
	isLive: boolean;
};

type Said = string | null | {buildkit: string | null; legacy: string | null};
type More = {files?: Record<string, string | Uint8Array>; words?: string[]; line?: number; live?: true};

/** Makes a table of them. */
export const createTable = () => {
	const table: BrokenBuild[] = [];
	return {
		table,
		broken(name: string, dockerfile: string | Uint8Array | null, said: Said, more: More = {}) {
			const {files = {}, words = ['app'], line = null, live = false} = more;
			table.push({
				name,
				files: {...(dockerfile !== null && {Dockerfile: dockerfile}), ...files},
				words,
				says: typeof said === 'string' || said === null ? {buildkit: said, legacy: said} : said,
				line,
				isLive: live,
			});
		},
	};
};

/** A Dockerfile of one stage with these lines. */
export const on = (...instructions: string[]) => ['FROM alpine:3.13', ...instructions, ''].join('\n');

/** One that builds. */
export const good = on('RUN true');

/** A first stage for others. */
export const base = 'FROM alpine:3.13 AS base\nRUN true\n';

/** A variable in braces, as a Dockerfile has it. */
export const braced = (name: string) => `$\{${name}}`;

export const needsBuildkit = (flag: string) =>
	`The legacy builder does not support \`${flag}\`: this Dockerfile needs BuildKit.`;

export const noRegistry = (image: string, platform = '') =>
	`The image \`${image}\` is not on this engine${platform}, and no registry can be reached.`;

export const noStart = (file: string) =>
	`\`${file}\` exists but can’t start: its loader is missing (as for a glibc program on Alpine), or the interpreter that its \`#!\` line names is missing (CRLF line endings change that name).`;
