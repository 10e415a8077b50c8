import type {Cause} from './cause-clue.js';

/** Why the command of a `RUN` fails: from the builder's words, its exit code, and what it printed. */
export const runCauses: Cause[] = [
	{
		pattern: /the --mount option requires BuildKit/,
		say: () => 'The legacy builder has no `RUN --mount`: this Dockerfile needs BuildKit.',
	},
	{
		pattern: /unable to find user ([^\s:]+)/,
		say: ([, user]) => `The image has no user \`${user}\`, which \`USER\` asks for.`,
	},
	{
		in: 'either',
		pattern: /exec: "(\/bin\/\w*sh)": stat/,
		say: ([, shell]) =>
			`This stage has no shell (\`${shell}\`), so it can't run commands: what starts from \`scratch\` is empty.`,
	},
	{
		in: 'either',
		pattern: /exec: "([^"]+)": permission denied/,
		say: ([, file]) => notExecutable(file),
	},
	{
		in: 'either',
		pattern: /exec: "([^"]+)": (?:executable file not found|stat)/,
		say: ([, program]) => noProgram(program),
	},
	{
		in: 'either',
		pattern: /(?:exec )?([^\s:]+): exec format error/,
		say: ([, file]) => `\`${file}\` is no program for this processor, or a script without its \`#!\` line.`,
	},
	{
		in: 'output',
		pattern: /no space left on device/i,
		say: () => 'The disk is full: see what takes the room with `docker system df`.',
	},
	{
		in: 'output',
		pattern:
			/bad address '([^']+)'|could not resolve(?: host:? '?([^\s']+))?|unable to resolve host address '([^']+)'|temporary (?:failure (?:in name resolution|resolving '([^']+)')|error \(try again later\))|dial tcp|no such host|network is unreachable/i,
		say: ([, ...hosts]) => {
			const host = hosts.find(Boolean);
			return `The command can't reach the network${host ? `: it looks for \`${host}\` and finds no address` : ''}.`;
		},
	},
	{
		in: 'output',
		pattern: /^\s*([^\s(]+) \(no such package\)|Unable to locate package (\S+)/m,
		say: ([, apk, apt]) => `The package manager finds no package \`${apk ?? apt}\`.`,
	},
	{
		in: 'output',
		pattern: /(?:^|: )([^\s:]+): (?:command )?not found$/m,
		say: ([, program], {exitCode}) => (exitCode === 127 ? noProgram(program) : null),
	},
	{
		in: 'output',
		pattern: /(?:^|: )([^\s:]+): Permission denied$/m,
		say: ([, file], {exitCode}) => (exitCode === 126 ? notExecutable(file) : null),
	},
	{
		in: 'output',
		pattern: /['"]?([^\s'":]+)['"]?: No such file or directory$/m,
		say: ([, file]) => `The command finds no file or folder \`${file}\` in this stage.`,
	},
	{
		pattern: /(?:exit code|returned a non-zero code): (\d+)$/,
		say: ([, code]) =>
			exitCauses[code ?? ''] ?? `The command itself ended with exit code ${code}: its last lines tell why.`,
	},
];

const noProgram = (program: string | undefined): string =>
	program?.includes('/')
		? `There is no program \`${program}\` in this stage: copy it there, or look at its path.`
		: `There is no program \`${program}\` in this stage: install it, or look at its spelling.`;

const notExecutable = (file: string | undefined): string =>
	`\`${file}\` may not be executed: it is no program, or lacks \`chmod +x\`.`;

/** What shells and the kernel mean by an exit code, whatever was printed. */
const exitCauses: Record<string, string> = {
	126: 'The command may not be executed: it is no program, or lacks `chmod +x`.',
	127: 'There is no such program in this stage: install it, or look at its spelling.',
	137: 'The command was ended by force, as it happens when memory runs out.',
};
