import {messages} from '../../messages/index.js';
import {type Cause, carriageReturn, type FailureContext} from './failure-context.js';

/** Why the engine can't start the command of a `RUN`, e.g. for lack of a user or a secret. */
export const startCauses: Cause[] = [
	{pattern: /unable to find user ([^\s:]+)/, says: 'noUser'},
	{pattern: /^secret ([^\s:]+)(?: not found)?: not found/, says: 'noSecret'},
	{pattern: /^unset ssh forward key (\S+)/, says: 'noSsh'},
	{
		in: 'either',
		pattern: /exec: "(\/bin\/\w*sh)": stat/,
		says: ([shell], {before}) =>
			before.some(text => /^SHELL\s/i.test(text))
				? messages.stages.causes.noNamedShell(shell)
				: messages.stages.causes.noShell(shell),
	},
	{in: 'either', pattern: /exec: "([^"]+)": permission denied/, says: 'notExecutable'},
	{
		in: 'either',
		pattern: /exec: "([^"]*\/[^"]*)": (?:executable file not found|stat)/,
		says: 'noProgramAtPath',
	},
	{in: 'either', pattern: /exec: "([^"]+)": (?:executable file not found|stat)/, says: 'noProgram'},
	{in: 'either', pattern: /(?:exec )?([^\s:]+): exec format error/, says: 'otherProcessor'},
	// The program exists: what is missing is its loader.
	{in: 'either', pattern: /^exec ([^\s:]+): no such file or directory/m, says: 'noLoader'},
];

/** Why the command of a `RUN` fails, by its last complaint. */
const complaints: Cause[] = [
	{pattern: new RegExp(`${carriageReturn}|: illegal option -$`), says: 'windowsLines'},
	{pattern: /([^\s:]+): (\S+): bad interpreter/, says: 'noInterpreter'},
	{pattern: /([^\s:]+): cannot execute: required file not found/, says: 'noLoader'},
	{pattern: /out of memory|cannot allocate memory/i, says: 'outOfMemory'},
	{
		pattern:
			/bad address '([^']+)'|could not resolve(?: host:? '?([^\s']+))?|unable to resolve host address '([^']+)'|temporary (?:failure (?:in name resolution|resolving '([^']+)')|error \(try again later\))|dial tcp|no such host|network is unreachable/i,
		says: ([host]) => (host ? messages.stages.causes.noAddress(host) : messages.stages.causes.noNetwork),
	},
	{
		pattern:
			/^\s*([^\s(]+?):? \(no such package\)|Unable to locate package (\S+)|No matching distribution found for (\S+)|Unable to find a match: (\S+)/,
		// Without a network, package managers know no packages.
		says: ([name], {complaint, output}) => {
			if (/temporary (?:failure resolving|error)|could not resolve/i.test(output))
				return messages.stages.causes.noNetwork;
			return /Unable to locate package/.test(complaint)
				? messages.stages.causes.noPackageYet(name)
				: messages.stages.causes.noPackage(name);
		},
	},
	{
		pattern: /\S*ELF.*: not found$/,
		says: (_, {exitCode}) => (exitCode === 127 ? messages.stages.causes.unknownOtherProcessor : null),
	},
	{
		pattern: /(?:^|: )([^\s:]+): (?:command )?not found$/,
		says: ([program], context) => (context.exitCode === 127 ? explainNotFound(program, context) : null),
	},
	{
		pattern: /(?:^|: )([^\s:]+): Permission denied$/,
		says: ([file], {exitCode, before}) => {
			if (exitCode === 126) return messages.stages.causes.named.notExecutable(file);
			const user = before.findLast(text => /^USER\s/i.test(text))?.replace(/^\w+\s+/, '');
			return user ? messages.stages.causes.noRight(user, file) : null;
		},
	},
	{pattern: /['"]?([^\s'":]+)['"]?: Read-only file system$/, says: 'readOnly'},
	{
		pattern: /['"]?\/run\/secrets\/([^\s'":]+)['"]?: No such file or directory$/,
		says: ([id], {instruction}) =>
			/--mount=\S*type=secret/.test(instruction) ? messages.stages.causes.named.noSecret(id) : null,
	},
	{pattern: /['"]?([^\s'":]+)['"]?: No such file or directory$/, says: 'noFile'},
];

/** Why the command of a `RUN` fails: by its complaint, else by what its exit code means to shells and the kernel. */
export const runCauses: Cause[] = [
	...complaints.map((cause): Cause => ({...cause, in: 'complaint'})),
	{
		pattern: /exit code: (\d+)$/,
		says: ([code]) => {
			const meanings: Record<string, () => string> = messages.stages.causes.exitCodes;
			return meanings[code]?.() ?? null;
		},
	},
];

/**
 * Explains that a shell found no program. It does not say whether the file is missing, or something that the file
 * needs.
 */
const explainNotFound = (program: string, context: FailureContext): string => {
	if (program.startsWith('[') && /^RUN\s+\[/i.test(context.instruction))
		return messages.stages.causes.wrongQuotes;
	const {noProgram, noProgramOrLoader, noLoader} = messages.stages.causes.named;
	if (!program.includes('/')) return noProgram(program);
	return isKnownToExist(program, context) ? noLoader(program) : noProgramOrLoader(program);
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
