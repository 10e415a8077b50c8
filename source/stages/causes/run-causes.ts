import {type Cause, carriageReturn, type FailureContext} from './failure-context.js';

/** Why the engine can't even start the command of a `RUN`, or what it lacks for it. */
export const startCauses: Cause[] = [
	{
		pattern: /unable to find user ([^\s:]+)/,
		say: ([, user]) => `The image has no user \`${user}\`, which \`USER\` asks for.`,
	},
	{
		pattern: /^secret ([^\s:]+)(?: not found)?: not found/,
		say: ([, id]) => explainNoSecret(id),
	},
	{
		pattern: /^unset ssh forward key (\S+)/,
		say: ([, id]) => `This build was given no ssh agent: add \`--ssh ${id}\` to the command.`,
	},
	{
		in: 'either',
		pattern: /exec: "(\/bin\/\w*sh)": stat/,
		say: ([, shell], {before}) =>
			before.some(text => /^SHELL\s/i.test(text))
				? `This stage has no \`${shell}\`, which \`SHELL\` names: install it first, or name another shell.`
				: `This stage has no shell (\`${shell}\`), so it can't run commands: what starts from \`scratch\` is empty.`,
	},
	{
		in: 'either',
		pattern: /exec: "([^"]+)": permission denied/,
		say: ([, file]) => explainNotExecutable(file),
	},
	{
		in: 'either',
		pattern: /exec: "([^"]+)": (?:executable file not found|stat)/,
		say: ([, program = '']) =>
			program.includes('/')
				? `There is no program \`${program}\` in this stage: look at its path.`
				: explainNoProgram(program),
	},
	{
		in: 'either',
		pattern: /(?:exec )?([^\s:]+): exec format error/,
		say: ([, file]) => `\`${file}\` is no program for this processor, or a script without its \`#!\` line.`,
	},
	{
		// It was found before it was started.
		in: 'either',
		pattern: /^exec ([^\s:]+): no such file or directory/m,
		say: ([, file]) => explainInterpreter(file),
	},
];

/** Why the command of a `RUN` fails, by what it complained about last. */
export const runCauses: Cause[] = [
	{
		in: 'complaint',
		pattern: new RegExp(`${carriageReturn}|: illegal option -$`),
		say: () =>
			'A script in this stage was saved with Windows line ends (CRLF), which Linux takes for a part of each line: save it with LF.',
	},
	{
		in: 'complaint',
		pattern: /([^\s:]+): (\S+): bad interpreter|([^\s:]+): cannot execute: required file not found/,
		say: ([, script, interpreter, file]) =>
			interpreter === undefined
				? explainInterpreter(file)
				: `There is no \`${interpreter}\` in this stage, which the first line of \`${script}\` names.`,
	},
	{
		in: 'complaint',
		pattern: /no space left on device/i,
		say: () => 'The disk is full: see what takes the room with `docker system df`.',
	},
	{
		in: 'complaint',
		pattern: /out of memory|cannot allocate memory/i,
		say: () => outOfMemory,
	},
	{
		in: 'complaint',
		pattern:
			/bad address '([^']+)'|could not resolve(?: host:? '?([^\s']+))?|unable to resolve host address '([^']+)'|temporary (?:failure (?:in name resolution|resolving '([^']+)')|error \(try again later\))|dial tcp|no such host|network is unreachable/i,
		say: ([, ...hosts]) => explainNoNetwork(hosts.find(Boolean)),
	},
	{
		in: 'complaint',
		pattern:
			/^\s*([^\s(]+) \(no such package\)|Unable to locate package (\S+)|No matching distribution found for (\S+)|Unable to find a match: (\S+)/,
		// Without the network, package managers know no package.
		say: ([, ...names], {output}) =>
			/temporary (?:failure resolving|error)|could not resolve/i.test(output)
				? explainNoNetwork(undefined)
				: explainNoPackage(names.find(Boolean), names[1] !== undefined),
	},
	{
		in: 'complaint',
		pattern: /\S*ELF.*: not found$/,
		say: (_, {exitCode}) => (exitCode === 127 ? 'What was started is no program for this processor.' : null),
	},
	{
		in: 'complaint',
		pattern: /(?:^|: )([^\s:]+): (?:command )?not found$/,
		say: ([, program], context) =>
			context.exitCode === 127 ? explainNotFound(program ?? '', context) : null,
	},
	{
		in: 'complaint',
		pattern: /(?:^|: )([^\s:]+): Permission denied$/,
		say: ([, file], {exitCode, before}) => {
			if (exitCode === 126) return explainNotExecutable(file);
			const user = before.findLast(text => /^USER\s/i.test(text))?.replace(/^\w+\s+/, '');
			return user ? `The user \`${user}\`, whom \`USER\` names, has no right to \`${file}\`.` : null;
		},
	},
	{
		in: 'complaint',
		pattern: /['"]?([^\s'":]+)['"]?: Read-only file system$/,
		say: ([, file]) =>
			`\`${file}\` can't be written to: it is not part of the stage, but mounted for reading only.`,
	},
	{
		in: 'complaint',
		pattern: /['"]?([^\s'":]+)['"]?: No such file or directory$/,
		say: ([, file = ''], {instruction}) => {
			const secret = /^\/run\/secrets\/(.+)$/.exec(file)?.[1];
			return secret !== undefined && /--mount=\S*type=secret/.test(instruction)
				? explainNoSecret(secret)
				: `The command finds no file or folder \`${file}\` in this stage.`;
		},
	},
	{
		pattern: /exit code: (\d+)$/,
		say: ([, code = '']) => exitCauses[code] ?? null,
	},
];

/** A shell found no program. Whether it is the file that is missing, or what the file needs, it does not say. */
const explainNotFound = (program: string, context: FailureContext): string => {
	if (program.startsWith('[') && /^RUN\s+\[/i.test(context.instruction))
		return 'With other quotes than `"` this is a command for the shell: the exec form is written `RUN ["program", "argument"]`.';
	if (!program.includes('/')) return explainNoProgram(program);
	return isKnownToExist(program, context)
		? explainInterpreter(program)
		: `There is no program \`${program}\` in this stage, or its interpreter or loader is missing: look at its path, or at its \`#!\` line.`;
};

/** Whether the stage is known to have a file: it was copied there, made executable, or listed. */
const isKnownToExist = (file: string, {before, instruction, output}: FailureContext): boolean => {
	const name = file.replace(/^.*\//, '');
	const isCopied = before.some(text => {
		const [keyword = '', ...words] = text.split(/\s+/).filter(word => !word.startsWith('--'));
		const to = words.pop() ?? '';
		return (
			/^(?:COPY|ADD)$/i.test(keyword) &&
			(to === file || (to.endsWith('/') && file === to + name && words.some(word => word.endsWith(name))))
		);
	});
	const words = instruction.split(/\s+/);
	const changedAt = words.indexOf('chmod');
	return (
		isCopied ||
		(changedAt >= 0 && words.slice(changedAt, words.indexOf('&&', changedAt)).includes(file)) ||
		output.split('\n').some(line => /^[-l]r[w-]/.test(line) && line.endsWith(` ${file}`))
	);
};

const explainInterpreter = (file: string | undefined): string =>
	`\`${file}\` is there, but can't start: its loader is missing (as that of a glibc program is on Alpine), or what its \`#!\` line names is (CRLF line ends make another name of it).`;

const explainNoProgram = (program: string): string =>
	`There is no program \`${program}\` in this stage: install it, or look at its spelling.`;

const explainNotExecutable = (file: string | undefined): string =>
	`\`${file}\` may not be executed: it is no program, or lacks \`chmod +x\`.`;

const explainNoNetwork = (host: string | undefined): string =>
	`The command can't reach the network${host ? `: it looks for \`${host}\` and finds no address` : ''}.`;

const explainNoPackage = (name: string | undefined, isApt: boolean): string =>
	`The package manager finds no package \`${name?.replace(/:$/, '')}\`${isApt ? ': `apt-get update` has to run before, in the same `RUN`' : ''}.`;

const explainNoSecret = (id: string | undefined): string =>
	`This build was given no secret \`${id}\`: add \`--secret id=${id},src=<file>\` to the command.`;

const outOfMemory = 'The command was ended because memory ran out.';

/** What shells and the kernel mean by an exit code, whatever was printed. */
const exitCauses: Record<string, string> = {
	126: 'The command may not be executed: it is no program, or lacks `chmod +x`.',
	127: 'There is no such program in this stage: install it, or look at its spelling.',
	137: 'The command was ended by force, as it happens when memory runs out.',
	139: 'The command crashed: it reached for memory that is not its own (a segmentation fault).',
};
