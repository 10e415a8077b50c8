import type {Cause} from './cause-clue.js';

/** Why a build fails because of what the Dockerfile says, before any of it runs. */
export const dockerfileCauses: Cause[] = [
	{
		// The letters of UTF-16 have a zero byte between them.
		pattern: /unknown instruction: \uFFFD*\w\0/,
		say: () => notUtf8,
	},
	{
		// BuildKit breaks off when it has to quote bytes that are no UTF-8.
		pattern: /stream terminated by RST_STREAM with error code: INTERNAL_ERROR/,
		say: (_, {stages}) => (stages.length === 0 ? notUtf8 : null),
	},
	{
		pattern: /unknown instruction: ([<=>]{7})/,
		say: ([, mark]) => `The line \`${mark}\` is left over from a merge: choose one of the two versions.`,
	},
	{
		pattern: /unknown instruction: (\S+)/,
		say: ([, word], {above}) => {
			if (/\s<<-?["']?\w/.test(above))
				return "This builder can't read heredocs (`<<`): it takes their lines for instructions.";
			return /(?:&&|\|\|?|;|,)$/.test(above)
				? `\`${word}\` is taken for an instruction, as the line above it does not end with \`\\\`.`
				: `A Dockerfile has no instruction \`${word}\`: look at its spelling.`;
		},
	},
	{
		pattern: /unterminated heredoc/,
		say: () => 'The heredoc (`<<`) is never closed: its last line has to be its mark alone.',
	},
	{
		pattern: /parse error(?: on)? line \d+: unknown flag: (?:--)?(\S+)/i,
		say: ([, flag], {keyword}) =>
			`${keyword === '' ? 'This instruction' : `\`${keyword}\``} has no option \`--${flag}\` with this builder: look at its spelling.`,
	},
	{
		pattern: /parse error(?: on)? line \d+: (.+)$/,
		say: ([, why]) => `The builder can't read this line: ${why?.replace(/\.$/, '')}.`,
	},
	{
		pattern: /lint violation found for rules: (.+)$/,
		say: ([, rules = ''], {beside}) => violated(rules, beside),
	},
	{
		pattern: /target stage "?([^\s"]+)"? could not be found|failed to reach build target (\S+)/,
		say: ([, a, b]) => `The Dockerfile has no stage \`${a ?? b}\`, for which \`--target\` asks.`,
	},
	{
		pattern: /([\w.-]+) stage name already used/,
		say: ([, stage]) => `Two stages are called \`${stage}\`: one of them needs another name.`,
	},
	{
		pattern: /file with no instructions|Dockerfile(?: \([^)]*\))? cannot be empty/,
		say: () => 'The Dockerfile is empty.',
	},
	{
		pattern: /no build stage in current context/,
		say: () => 'The Dockerfile begins without `FROM`: nothing but `ARG` may stand above it.',
	},
	{
		pattern: /the --(\S+) option requires BuildKit/,
		say: ([, flag], {keyword}) =>
			`The legacy builder has no \`${keyword} --${flag}\`: this Dockerfile needs BuildKit.`,
	},
	{
		pattern: /parent snapshot \S+ does not exist/,
		say: () =>
			'The engine has lost a layer while it wrote two images at the same time, as some engines do that keep images with containerd: build once more.',
	},
	{
		pattern: /no space left on device/i,
		say: () => 'The disk is full: see what takes the room with `docker system df`.',
	},
	{
		// The engine's own folder for the stage stands in front of the path with some.
		pattern:
			/(?:mkdir|lstat) (?:\S+\/merged)?(\/\S+): not a directory|Cannot mkdir: (\S+) is not a directory/,
		say: ([, a, b]) => `On the path \`${a ?? b}\` of this stage there is a file where a folder has to be.`,
	},
];

const notUtf8 =
	'The Dockerfile is not saved as UTF-8 but as UTF-16, as `>` of Windows PowerShell writes it: save it as UTF-8.';

/** What is said of the rules that `# check=error=true` makes errors of, with what BuildKit prints about each. */
const violated = (rules: string, beside: string): string => {
	const names = rules.split(', ');
	const warnings = new Map(
		[...beside.matchAll(/(?:WARN: | - )(\w+): (.+) \(line (\d+)\)$/gm)]
			.filter(([, name = '']) => names.includes(name))
			.map(([, name, text, line]) => [`${name} ${line}`, {name, text, line: Number(line)}]),
	);
	const [first, ...others] = [...warnings.values()].sort((a, b) => a.line - b.line);
	const why = '`# check=error=true` makes an error of every warning';
	if (!first) return `${why}: ${rules}.`;
	const more =
		others.length === 0 ? '' : ` There ${others.length === 1 ? 'is one more' : `are ${others.length} more`}.`;
	return `${why}: line ${first.line}, \`${first.name}\`: ${first.text}.${more}`;
};
