import {findCopySource} from '../dockerfile/instruction-words.js';
import type {Cause, FailureContext} from './failure-context.js';

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
		say: ([, rules = ''], {beside}) => explainViolation(rules, beside),
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
const explainViolation = (rules: string, beside: string): string => {
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

/** How the builders say that something to copy or to mount is not there. */
const missingSource =
	/stat ([^\s:]+): (?:file does not exist|no such file or directory)|copier: stat: "([^"]+)": no such file|buildkit-mount\d+\/(\S+): no such file or directory|"([^"]+)":? not found/;

/** Why `COPY` and `ADD` fail, and the mounts of `RUN`. */
export const copyCauses: Cause[] = [
	{
		pattern: /forbidden path outside the build context: (\S+)/,
		say: ([, file]) => explainOutside(file),
	},
	{
		pattern: /the destination must be a directory and end with a \//,
		say: () => 'Several files can only be copied into a folder: what they are copied to has to end with `/`.',
	},
	{
		pattern: /no source files were specified/,
		say: (_, context) => explainNoSource(context),
	},
	{
		pattern: /can't find [ug]id for (user|group) ([^\s:]+)/,
		say: ([, kind, name]) => `The image has no ${kind} \`${name}\`, which \`--chown\` asks for.`,
	},
	...(['COPY', 'ADD', 'RUN'] as const).map(
		(of): Cause => ({
			of,
			pattern: missingSource,
			say: ([, ...files], context) =>
				explainMissingFile(files.find(Boolean)?.replace(/^.*buildkit-mount\d+\//, '') ?? '', context),
		}),
	),
	{
		of: 'ADD',
		pattern: /dial tcp|no such host|i\/o timeout|network is unreachable/,
		say: (_, {instruction}) => {
			const address = /\shttps?:\/\/\S+/.exec(instruction)?.[0].trim();
			return address
				? `\`${address}\` can't be loaded: the network, or that address, is out of reach.`
				: null;
		},
	},
];

/** What only the legacy builder says: where a pattern fits nothing BuildKit goes on, and it takes heredocs for files. */
const explainNoSource = ({instruction}: FailureContext): string | null => {
	if (/^\w+\s+(?:--\S+\s+)*<</.test(instruction))
		return "The legacy builder can't read heredocs (`<<`): this Dockerfile needs BuildKit.";
	const wild = instruction.split(/\s+/).find(word => /[*?[]/.test(word) && !word.startsWith('--'));
	return wild
		? `Nothing fits \`${wild}\` in ${findCopySource(instruction) === null ? 'the build context' : `\`${findCopySource(instruction)}\``}: the legacy builder stops there, where BuildKit goes on.`
		: null;
};

const explainMissingFile = (file: string, {instruction, stages, stage}: FailureContext): string => {
	const from =
		findCopySource(instruction) ?? /^RUN\s.*--mount=\S*?from=([^\s,]+)/i.exec(instruction)?.[1] ?? null;
	const name = file.replace(/^\//, '');
	// BuildKit of 20.10 takes such a stage for an empty one.
	if (from !== null && stage !== null && stages.indexOf(from) > stages.indexOf(stage))
		return `The stage \`${from}\` comes further down: only stages above can be copied from.`;
	if (from !== null) return `There is no file \`/${name}\` in \`${from}\`, from which it is copied.`;
	// BuildKit cuts the way up off before it looks.
	const written = instruction.split(/\s+/).find(word => /^(?:\.\.?\/)*\.\.\//.test(word));
	if (written?.endsWith(name)) return explainOutside(written);
	return `The file \`${name}\` is not in the build context, or \`.dockerignore\` leaves it out.`;
};

const explainOutside = (file: string | undefined): string =>
	`\`${file}\` lies outside of the build context: only what is in the folder that is built can be copied.`;

/** How Go's network code, with which Docker loads images, says that it gets nowhere. */
const networkFailure =
	/dial tcp|no such host|i\/o timeout|network is unreachable|no route to host|connection refused|connection reset|TLS handshake timeout|proxyconnect|Client\.Timeout|server misbehaving/;

/** How registries say that they have no such image, or show it to nobody. */
const imageNotFound =
	/pull access denied|repository does not exist|insufficient_scope|requested access to the resource is denied|manifest unknown|: not found$/;

/** Why an image could not be loaded that a `FROM` or `COPY --from` names. */
export const imageCauses: Cause[] = [
	{
		of: 'COPY',
		in: 'instruction',
		pattern: /\s--from=["']?\S*\$/,
		say: (_, context) =>
			invalidName.test(context.error) ? explainVariable(findCopySource(context.instruction)) : null,
	},
	{
		pattern: /invalid stage index (\d+)|invalid from flag value (\d+): index out of bounds/,
		say: ([, a, b]) => `Stages are counted from 0, and none above this line has the number ${a ?? b}.`,
	},
	{
		pattern: /cannot copy from stage "([^"]+)", it needs to be defined before/,
		say: ([, stage]) => `The stage \`${stage}\` comes further down: only stages above can be copied from.`,
	},
	{
		pattern: /circular dependency detected on stage: (\S+)/,
		say: ([, stage]) => `The stage \`${stage}\` needs itself: only stages above can be copied from.`,
	},
	{
		pattern: /base name \((.*)\) should not be blank/,
		say: ([, name]) => `\`${name}\` has no value: above the first \`FROM\` an \`ARG\` has to give it one.`,
	},
	{
		pattern: /failed to parse stage name "([^"]*)": invalid reference format$|^invalid reference format$/,
		say: ([, name], context) =>
			`\`${name ?? findImageName(context)}\` is no name of an image: look at it, and at the variables in it.`,
	},
	{
		pattern: /repository name .*must be lowercase/,
		say: (_, context) =>
			`Images and stages are written in small letters${findImageName(context) ? `, and \`${findImageName(context)}\` is not` : ''}.`,
	},
	{
		pattern: /toomanyrequests|pull rate limit/,
		say: () => 'The registry lets this address load no more images for now: its pull rate limit is reached.',
	},
	{
		pattern: /does not match the specified platform|no match for platform in manifest/,
		say: (_, context) =>
			`The image ${quoteName(findImageName(context))} is not there for the platform that the build asks for.`,
	},
	{
		pattern: /registry-1\.docker\.io\/v2\/docker\/dockerfile\/manifests|docker\.io\/docker\/dockerfile/,
		say: (_, {error}) =>
			networkFailure.test(error)
				? 'The line `# syntax=` makes BuildKit load an image first, and no registry can be reached: leave that line out.'
				: null,
	},
	{
		pattern: /unauthorized|authentication required|no basic auth credentials/,
		say: (_, context) => explainMissingImage(context, 'its registry shows it only after `docker login`'),
	},
	{pattern: networkFailure, say: (_, context) => explainMissingImage(context, 'no registry can be reached')},
	{
		pattern: imageNotFound,
		say: (_, context) => explainMissingImage(context, 'the registry has none of that name and tag'),
	},
];

/** How a builder says that it can't take what stands behind `--from` for a name. */
const invalidName =
	/variable expansion is not supported for --from|invalid reference format|invalid from flag value/;

const explainVariable = (name: string | null): string =>
	`\`COPY --from\` takes no variables: write \`FROM ${name} AS source\` further up, with its \`ARG\` above the first \`FROM\`, and copy from \`source\`.`;

const explainMissingImage = (context: FailureContext, why: string): string | null => {
	const image = findImageName(context);
	if (image === null) return null;
	// Without tag, registry or user it may be meant for a stage.
	if (/^[\w-]+$/.test(image) && context.stages.length > 1) {
		const meant = /\(did you mean (\S+)\?\)/.exec(context.beside)?.[1];
		const question = meant ? `; is \`${meant}\` meant?` : '.';
		return `No stage above is called \`${image}\`, so an image of that name is looked for, and ${why}${question}`;
	}
	// An instruction that was found by its line is known without its flags.
	const platform =
		/(?:^|>>> )FROM\s+--platform=(\S+)/im.exec(`${context.instruction}\n${context.beside}`)?.[1] ??
		context.command?.platform;
	const which = platform ? ` for the platform \`${platform}\`` : '';
	return `The image \`${image}\` is not on this engine${which}, and ${why}.`;
};

/** The image that an instruction names, or that the builder asks a registry for. */
const findImageName = ({instruction, error}: FailureContext): string | null =>
	/^FROM\s+(?:--\S+\s+)*(?:docker\.io\/library\/)?(\S+)/i.exec(instruction)?.[1]?.replace(/:latest$/, '') ??
	findCopySource(instruction) ??
	/failed to parse stage name "([^"]+)"/.exec(error)?.[1] ??
	/\/v2\/(?:library\/)?(\S+)\/manifests\//.exec(error)?.[1] ??
	null;

const quoteName = (name: string | null): string => (name === null ? '' : `\`${name}\``);
