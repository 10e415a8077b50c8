import {diskFull, imageNotFound, networkFailure} from '../../docker/error-patterns.js';
import {messages} from '../../messages/index.js';
import {findCopySource, listMountSources} from '../dockerfile/instruction-words.js';
import type {Cause, FailureContext} from './failure-context.js';

/** Why a build fails because of its Dockerfile, before any of it runs. */
export const dockerfileCauses: Cause[] = [
	// UTF-16 has a zero byte between ASCII letters.
	{pattern: /unknown instruction: \uFFFD*\w\0/, says: 'notUtf8'},
	{
		// BuildKit breaks off if it has to quote bytes that are not UTF-8.
		pattern: /stream terminated by RST_STREAM with error code: INTERNAL_ERROR/,
		says: (_, {stages}) => (stages.length === 0 ? messages.stages.causes.named.notUtf8() : null),
	},
	{pattern: /unknown instruction: ([<=>]{7})/, says: 'mergeMark'},
	{
		pattern: /unknown instruction: (\S+)/,
		says: ([word], {above}) => {
			if (/\s<<-?["']?\w/.test(above)) return messages.stages.causes.unreadHeredoc;
			return /(?:&&|\|\|?|;|,)$/.test(above)
				? messages.stages.causes.brokenLine(word)
				: messages.stages.causes.unknownInstruction(word);
		},
	},
	{pattern: /unterminated heredoc/, says: 'openHeredoc'},
	{
		pattern: /parse error(?: on)? line \d+: unknown flag: (?:--)?(\S+)/i,
		says: ([flag], {keyword}) =>
			keyword === ''
				? messages.stages.causes.unknownInstructionFlag(`--${flag}`)
				: messages.stages.causes.unknownFlagOf(keyword, `--${flag}`),
	},
	{pattern: /parse error(?: on)? line \d+: (.+?)\.?$/, says: 'unreadableLine'},
	{
		pattern: /lint violation found for rules: (.+)$/,
		says: ([rules], {beside}) => explainViolation(rules, beside),
	},
	{
		pattern: /target stage "?([^\s"]+)"? could not be found|failed to reach build target (\S+)/,
		says: 'noTarget',
	},
	{pattern: /([\w.-]+) stage name already used/, says: 'sameStageNames'},
	{pattern: /file with no instructions|Dockerfile(?: \([^)]*\))? cannot be empty/, says: 'emptyDockerfile'},
	{pattern: /no build stage in current context/, says: 'noFrom'},
	{
		pattern: /the --(\S+) option requires BuildKit/,
		says: ([flag], {keyword}) => messages.stages.causes.needsBuildKit(`${keyword} --${flag}`),
	},
	{pattern: /parent snapshot \S+ does not exist/, says: 'lostLayer'},
	{in: 'either', pattern: diskFull, says: 'diskFull'},
	{
		// Some errors put the engine's own folder for the stage before the path.
		pattern:
			/(?:mkdir|lstat) (?:\S+\/merged)?(\/\S+): not a directory|Cannot mkdir: (\S+) is not a directory/,
		says: 'fileOnPath',
	},
];

/**
 * Explains which warnings `# check=error=true` turned into errors: the first, if BuildKit printed it, else the rules.
 */
const explainViolation = (rules: string, beside: string): string => {
	const names = rules.split(', ');
	const warnings = new Map(
		[...beside.matchAll(/(?:WARN: | - )(\w+): (.+) \(line (\d+)\)$/gm)]
			.filter(([, name = '']) => names.includes(name))
			.map(([, name = '', text = '', line]) => [`${name} ${line}`, {name, text, line: Number(line)}]),
	);
	const [first, ...others] = [...warnings.values()].sort((a, b) => a.line - b.line);
	const {violation, violationOfSeveral, violations} = messages.stages.causes;
	if (!first) return violations(rules);
	const {line, name, text} = first;
	return others.length === 0
		? violation(line, name, text)
		: violationOfSeveral(line, name, text, others.length);
};

/** How builders report that a file to copy or mount is missing. */
const missingSource =
	/stat (?:\S+\/merged)?([^\s:]+): (?:file does not exist|no such file or directory)|copier: stat: "([^"]+)": no such file|buildkit-mount\d+\/(\S+): no such file or directory|"([^"]+)":? not found/;

/** Why `COPY`, `ADD` and the mounts of `RUN` fail. */
export const copyCauses: Cause[] = [
	{pattern: /forbidden path outside the build context: (\S+)/, says: 'outsideContext'},
	{pattern: /the destination must be a directory and end with a \//, says: 'severalToFile'},
	{pattern: /no source files were specified/, says: (_, context) => explainNoSource(context)},
	{
		pattern: /can't find [ug]id for (user|group) ([^\s:]+)/,
		says: ([kind, name]) =>
			kind === 'user' ? messages.stages.causes.noUserToOwn(name) : messages.stages.causes.noGroupToOwn(name),
	},
	{
		pattern: missingSource,
		says: ([file], context) =>
			['COPY', 'ADD', 'RUN'].includes(context.keyword)
				? explainMissingFile(file.replace(/^.*buildkit-mount\d+\//, ''), context)
				: null,
	},
	{
		of: 'ADD',
		pattern: networkFailure,
		says: (_, {instruction}) => {
			const address = /\shttps?:\/\/\S+/.exec(instruction)?.[0].trim();
			return address ? messages.stages.causes.addressUnreachable(address) : null;
		},
	},
];

/** Explains missing sources in the legacy builder: BuildKit accepts patterns without matches, and reads heredocs. */
const explainNoSource = ({instruction}: FailureContext): string | null => {
	if (/^\w+\s+(?:--\S+\s+)*<</.test(instruction)) return messages.stages.causes.legacyHeredoc;
	const wildcard = instruction.split(/\s+/).find(word => /[*?[]/.test(word) && !word.startsWith('--'));
	const source = findCopySource(instruction);
	if (wildcard === undefined) return null;
	return source === null
		? messages.stages.causes.noMatchInContext(wildcard)
		: messages.stages.causes.noMatchInStage(wildcard, source);
};

const explainMissingFile = (file: string, {instruction, stages, stage}: FailureContext): string => {
	const from = findCopySource(instruction) ?? listMountSources(instruction)[0] ?? null;
	const name = file.replace(/^\//, '');
	// BuildKit of 20.10 treats such a stage as empty.
	if (from !== null && stage !== null && stages.indexOf(from) > stages.indexOf(stage))
		return messages.stages.causes.named.laterStage(from);
	if (from !== null) return messages.stages.causes.noFileInStage(`/${name}`, from);
	// BuildKit removes a leading `../` before it looks up the path.
	const written = instruction.split(/\s+/).find(word => /^(?:\.\.?\/)*\.\.\//.test(word));
	if (written?.endsWith(name)) return messages.stages.causes.named.outsideContext(written);
	return messages.stages.causes.noFileInContext(name);
};

/** Why the image of a `FROM` or `COPY --from` could not be loaded. */
export const imageCauses: Cause[] = [
	{
		of: 'COPY',
		in: 'instruction',
		pattern: /\s--from=["']?\S*\$/,
		says: (_, {error, instruction}) =>
			/variable expansion is not supported for --from|invalid reference format|invalid from flag value/.test(
				error,
			)
				? messages.stages.causes.variableAsSource(findCopySource(instruction) ?? '')
				: null,
	},
	{
		pattern: /invalid stage index (\d+)|invalid from flag value (\d+): index out of bounds/,
		says: 'noSuchStageNumber',
	},
	{pattern: /cannot copy from stage "([^"]+)", it needs to be defined before/, says: 'laterStage'},
	{pattern: /circular dependency detected on stage: (\S+)/, says: 'copiesItself'},
	{pattern: /base name \((.*)\) should not be blank/, says: 'emptyVariable'},
	{
		pattern: /failed to parse stage name "([^"]*)": invalid reference format$|^invalid reference format$/,
		says: ([written], context) => {
			const name = written || findImageName(context);
			return name === null
				? messages.stages.causes.invalidUnknownName
				: messages.stages.causes.invalidImageName(name);
		},
	},
	{
		pattern: /repository name .*must be lowercase/,
		says: (_, context) => {
			const name = findImageName(context);
			return name === null
				? messages.stages.causes.upperCaseUnknownName
				: messages.stages.causes.upperCaseName(name);
		},
	},
	{pattern: /toomanyrequests|pull rate limit/, says: 'pullLimit'},
	{
		pattern: /does not match the specified platform|no match for platform in manifest/,
		says: (_, context) => {
			const name = findImageName(context);
			return name === null
				? messages.stages.causes.noPlatformOfUnknown
				: messages.stages.causes.noPlatform(name);
		},
	},
	{
		pattern: /registry-1\.docker\.io\/v2\/docker\/dockerfile\/manifests|docker\.io\/docker\/dockerfile/,
		says: (_, {error}) => (networkFailure.test(error) ? messages.stages.causes.syntaxOffline : null),
	},
	{
		pattern: /unauthorized|authentication required|no basic auth credentials/,
		says: (_, context) => explainMissingImage(context, 'login'),
	},
	{pattern: networkFailure, says: (_, context) => explainMissingImage(context, 'offline')},
	{pattern: imageNotFound, says: (_, context) => explainMissingImage(context, 'unknown')},
];

const explainMissingImage = (
	context: FailureContext,
	why: 'login' | 'offline' | 'unknown',
): string | null => {
	const image = findImageName(context);
	if (image === null) return null;
	// Without a tag, registry or user, the name may be meant for a stage.
	if (/^[\w-]+$/.test(image) && context.stages.length > 1) {
		const meant = /\(did you mean (\S+)\?\)/.exec(context.beside)?.[1];
		return meant
			? messages.stages.causes.noStageOrImageBut(image, why, meant)
			: messages.stages.causes.noStageOrImage(image, why);
	}
	// An instruction that was found by its line has lost its flags.
	const platform =
		/(?:^|>>> )FROM\s+--platform=(\S+)/im.exec(`${context.instruction}\n${context.beside}`)?.[1] ??
		context.command?.platform;
	return platform
		? messages.stages.causes.noImageForPlatform(image, platform, why)
		: messages.stages.causes.noImage(image, why);
};

/** Returns the image that an instruction names, or that the builder requests; null if unknown. */
const findImageName = ({instruction, error}: FailureContext): string | null =>
	/^FROM\s+(?:--\S+\s+)*(?:docker\.io\/library\/)?(\S+)/i.exec(instruction)?.[1]?.replace(/:latest$/, '') ??
	findCopySource(instruction) ??
	/failed to parse stage name "([^"]+)"/.exec(error)?.[1] ??
	/\/v2\/(?:library\/)?(\S+)\/manifests\//.exec(error)?.[1] ??
	null;
