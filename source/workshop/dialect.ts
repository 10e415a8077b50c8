import type {Root, RootContent} from 'mdast';
import type {Dialect} from './model.js';

/**
 * Translates commands to a dialect. Workshops write POSIX: simple commands, joined by `&&` or in `$(…)`, with quotes,
 * variables, settings and continued lines. Anything without a counterpart stays unchanged.
 */
export const translateCommand = (text: string, dialect: Dialect): string =>
	dialect === 'sh'
		? text
		: text
				.split(/(?<!\\)\n/)
				.map(line => translators[dialect](line))
				.join('\n');

/** The dialect of a platform's usual shell. */
export const defaultDialect = (platform: NodeJS.Platform): Dialect =>
	platform === 'win32' ? 'powershell' : 'sh';

/** The parts of a line that each dialect writes in its own way: quotes, escapes, substitutions and variables. */
const piecePattern =
	/'(?<single>[^']*)'|"(?<double>(?:\\[\s\S]|[^"\\])*)"|\\(?<escaped>[\s\S])|\$\((?<inner>[^()]*)\)|\$(?:\{(?<braced>\w+)\}|(?<name>\w+))/gu;

type Groups = Partial<Record<'single' | 'double' | 'escaped' | 'inner' | 'braced' | 'name', string>>;

/** Replaces each of these parts of a line. */
const replacePieces = (line: string, replace: (groups: Groups) => string): string =>
	line.replaceAll(piecePattern, (...args) => replace(args.at(-1) as Groups));

/** `export NAME=value`, `unset NAME`, and the `NAME=value` before a command. */
const settingPattern =
	/^(?<export>export )?(?<variable>[A-Za-z_]\w*)=(?<value>'[^']*'|"[^"]*"|[^\s'"]*)(?:\s+(?<rest>\S[\s\S]*))?$/;
const unsetPattern = /^unset (?<variable>\w+)$/;

const unquote = (value: string): string => value.replace(/^(['"])([\s\S]*)\1$/, '$2');

const powerShellLine = (line: string): string => {
	const [first = '', ...others] = line.split(' && ');
	const command = powerShellCommand(first);
	// Windows PowerShell has no `&&`.
	return others.length === 0 ? command : `${command}; if ($?) { ${powerShellLine(others.join(' && '))} }`;
};

const powerShellCommand = (command: string): string => {
	const {variable, value = '', rest} = settingPattern.exec(command)?.groups ?? {};
	if (variable !== undefined) {
		const setting = `$env:${variable}='${unquote(value)}'`;
		return rest === undefined ? setting : `${setting}; ${powerShellCommand(rest)}`;
	}
	const unset = unsetPattern.exec(command)?.groups?.variable;
	if (unset !== undefined) return `Remove-Item Env:${unset}`;
	// In Windows PowerShell `curl` is an alias of Invoke-WebRequest.
	return replacePieces(command.replace(/^curl(?=\s|$)/, 'curl.exe'), powerShellPiece);
};

/** Translates one part, and the parts between double quotes. */
const powerShellPiece = ({single, double, escaped, inner, braced, name}: Groups): string => {
	if (single !== undefined) return `'${single}'`;
	if (double !== undefined) return `"${replacePieces(double, powerShellPiece)}"`;
	if (escaped !== undefined) return `\`${escaped}`;
	return inner === undefined ? `$env:${braced ?? name}` : `$(${powerShellLine(inner)})`;
};

const cmdLine = (line: string): string => {
	// Only `for /f` can insert the output of another command.
	const inner = /\$\(([^()]*)\)/.exec(line)?.[1];
	if (inner !== undefined) {
		return `for /f %i in ('${cmdLine(inner)}') do ${cmdLine(line.replace(`$(${inner})`, '%i'))}`;
	}
	return line.split(' && ').map(cmdCommand).join(' && ');
};

const cmdCommand = (command: string): string => {
	const {variable, value = '', rest} = settingPattern.exec(command)?.groups ?? {};
	if (variable !== undefined) {
		const text = `${variable}=${unquote(value)}`;
		// Without quotes, the space before `&&` would be part of the value.
		const setting = /\s/.test(value) || rest !== undefined ? `set "${text}"` : `set ${text}`;
		return rest === undefined ? setting : `${setting} && ${cmdCommand(rest)}`;
	}
	const unset = unsetPattern.exec(command)?.groups?.variable;
	if (unset !== undefined) return `set ${unset}=`;
	// cmd would take only the part before the first slash for the program.
	const own = command.replace(/^\.\/\S+/, path => path.replaceAll('/', '\\'));
	return own === command ? replacePieces(command, cmdPiece) : own;
};

const cmdPiece = ({single, double, escaped, braced, name}: Groups): string => {
	if (single !== undefined) return `"${single.replaceAll('"', '\\"')}"`;
	if (double !== undefined)
		return `"${replacePieces(double, inner => (inner.escaped ? `\\${inner.escaped}` : cmdPiece(inner)))}"`;
	return escaped === undefined ? `%${braced ?? name}%` : `^${escaped}`;
};

const translators: Record<Exclude<Dialect, 'sh'>, (line: string) => string> = {
	powershell: powerShellLine,
	cmd: cmdLine,
};

/** Inline code that is a command to type into a shell. */
const commandPattern = /^(?:docker|curl|export|unset) /;

/** Translates the commands of a text: blocks of `sh`, and inline code. */
export const translateText = (root: Root, dialect: Dialect): Root =>
	dialect === 'sh' ? root : {...root, children: root.children.map(node => translateNode(node, dialect))};

/** Translates the commands between backticks in a message. */
export const translateSentence = (sentence: string, dialect: Dialect): string =>
	sentence.replaceAll(/(?<=`)(?:docker|curl|export|unset|sudo) [^`]*(?=`)/g, command =>
		translateCommand(command, dialect),
	);

const translateNode = <Node extends RootContent>(node: Node, dialect: Dialect): Node => {
	if (node.type === 'code')
		return node.lang === 'sh' ? {...node, value: translateCommand(node.value, dialect)} : node;
	if (node.type === 'inlineCode')
		return commandPattern.test(node.value) ? {...node, value: translateCommand(node.value, dialect)} : node;
	return 'children' in node
		? {...node, children: node.children.map(child => translateNode(child, dialect))}
		: node;
};
