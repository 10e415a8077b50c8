import {type Cause, carriageReturn, type FailureContext} from './failure-context.js';

const noSecret = 'This build was given no secret `$1`: add `--secret id=$1,src=<file>` to the command.';
const noProgram = 'There is no program `$1` in this stage: install it, or look at its spelling.';
const notExecutable = '`$1` may not be executed: it is no program, or lacks `chmod +x`.';
const noInterpreter =
	"`$1` is there, but can't start: its loader is missing (as that of a glibc program is on Alpine), or what its `#!` line names is (CRLF line ends make another name of it).";
const noPackage = 'The package manager finds no package `$1`';
const noNetwork = "The command can't reach the network";

/** Why the engine can't even start the command of a `RUN`, or what it lacks for it. */
export const startCauses: Cause[] = [
	{
		pattern: /unable to find user ([^\s:]+)/,
		says: 'The image has no user `$1`, which `USER` asks for.',
	},
	{pattern: /^secret ([^\s:]+)(?: not found)?: not found/, says: noSecret},
	{
		pattern: /^unset ssh forward key (\S+)/,
		says: 'This build was given no ssh agent: add `--ssh $1` to the command.',
	},
	{
		in: 'either',
		pattern: /exec: "(\/bin\/\w*sh)": stat/,
		says: (_, {before}) =>
			before.some(text => /^SHELL\s/i.test(text))
				? 'This stage has no `$1`, which `SHELL` names: install it first, or name another shell.'
				: "This stage has no shell (`$1`), so it can't run commands: what starts from `scratch` is empty.",
	},
	{in: 'either', pattern: /exec: "([^"]+)": permission denied/, says: notExecutable},
	{
		in: 'either',
		pattern: /exec: "([^"]*\/[^"]*)": (?:executable file not found|stat)/,
		says: 'There is no program `$1` in this stage: look at its path.',
	},
	{in: 'either', pattern: /exec: "([^"]+)": (?:executable file not found|stat)/, says: noProgram},
	{
		in: 'either',
		pattern: /(?:exec )?([^\s:]+): exec format error/,
		says: '`$1` is no program for this processor, or a script without its `#!` line.',
	},
	// It was found before it was started.
	{in: 'either', pattern: /^exec ([^\s:]+): no such file or directory/m, says: noInterpreter},
];

/** Why the command of a `RUN` fails, by what it complained about last. */
const complaints: Cause[] = [
	{
		pattern: new RegExp(`${carriageReturn}|: illegal option -$`),
		says: 'A script in this stage was saved with Windows line ends (CRLF), which Linux takes for a part of each line: save it with LF.',
	},
	{
		pattern: /([^\s:]+): (\S+): bad interpreter/,
		says: 'There is no `$2` in this stage, which the first line of `$1` names.',
	},
	{pattern: /([^\s:]+): cannot execute: required file not found/, says: noInterpreter},
	{
		pattern: /out of memory|cannot allocate memory/i,
		says: 'The command was ended because memory ran out.',
	},
	{
		pattern:
			/bad address '([^']+)'|could not resolve(?: host:? '?([^\s']+))?|unable to resolve host address '([^']+)'|temporary (?:failure (?:in name resolution|resolving '([^']+)')|error \(try again later\))|dial tcp|no such host|network is unreachable/i,
		says: ([host]) => (host ? `${noNetwork}: it looks for \`$1\` and finds no address.` : `${noNetwork}.`),
	},
	{
		pattern:
			/^\s*([^\s(]+?):? \(no such package\)|Unable to locate package (\S+)|No matching distribution found for (\S+)|Unable to find a match: (\S+)/,
		// Without the network, package managers know no package.
		says: (_, {complaint, output}) => {
			if (/temporary (?:failure resolving|error)|could not resolve/i.test(output)) return `${noNetwork}.`;
			return complaint.includes('Unable to locate package')
				? `${noPackage}: \`apt-get update\` has to run before, in the same \`RUN\`.`
				: `${noPackage}.`;
		},
	},
	{
		pattern: /\S*ELF.*: not found$/,
		says: (_, {exitCode}) => (exitCode === 127 ? 'What was started is no program for this processor.' : null),
	},
	{
		pattern: /(?:^|: )([^\s:]+): (?:command )?not found$/,
		says: ([program = ''], context) => (context.exitCode === 127 ? explainNotFound(program, context) : null),
	},
	{
		pattern: /(?:^|: )([^\s:]+): Permission denied$/,
		says: (_, {exitCode, before}) => {
			if (exitCode === 126) return notExecutable;
			const user = before.findLast(text => /^USER\s/i.test(text))?.replace(/^\w+\s+/, '');
			return user ? `The user \`${user}\`, whom \`USER\` names, has no right to \`$1\`.` : null;
		},
	},
	{
		pattern: /['"]?([^\s'":]+)['"]?: Read-only file system$/,
		says: "`$1` can't be written to: it is not part of the stage, but mounted for reading only.",
	},
	{
		pattern: /['"]?\/run\/secrets\/([^\s'":]+)['"]?: No such file or directory$/,
		says: (_, {instruction}) => (/--mount=\S*type=secret/.test(instruction) ? noSecret : null),
	},
	{
		pattern: /['"]?([^\s'":]+)['"]?: No such file or directory$/,
		says: 'The command finds no file or folder `$1` in this stage.',
	},
];

/** What shells and the kernel mean by an exit code, whatever was printed. */
const exitCodes: Record<string, string> = {
	126: 'The command may not be executed: it is no program, or lacks `chmod +x`.',
	127: 'There is no such program in this stage: install it, or look at its spelling.',
	137: 'The command was ended by force, as it happens when memory runs out.',
	139: 'The command crashed: it reached for memory that is not its own (a segmentation fault).',
};

/** Why the command of a `RUN` fails. */
export const runCauses: Cause[] = [
	...complaints.map((cause): Cause => ({...cause, in: 'complaint'})),
	{pattern: /exit code: (\d+)$/, says: ([code = '']) => exitCodes[code] ?? null},
];

/** A shell found no program. It does not say whether the file is missing, or something that the file needs. */
const explainNotFound = (program: string, context: FailureContext): string => {
	if (program.startsWith('[') && /^RUN\s+\[/i.test(context.instruction))
		return 'With other quotes than `"` this is a command for the shell: the exec form is written `RUN ["program", "argument"]`.';
	if (!program.includes('/')) return noProgram;
	return isKnownToExist(program, context)
		? noInterpreter
		: 'There is no program `$1` in this stage, or its interpreter or loader is missing: look at its path, or at its `#!` line.';
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
