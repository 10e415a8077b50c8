/** A stage as it is meant, by its place in the file. */
export type MeantStage = {
	/** Stages that it needs, by number; the one that it starts from is the first where `startsFromStage`. */
	needs: number[];
	startsFromStage: boolean;
	/** How many of its instructions have its own mark, `/sN-iM`. */
	marks: number;
	isReplaced: boolean;
};

export type GeneratedBuild = {
	files: Record<string, string>;
	/** Without the cache, where `isCached` is false. */
	line: string;
	environment: Record<string, string>;
	stages: MeantStage[];
	target: number;
	/** Built once before, and perhaps with other files in its context; null: built anew. */
	before: {isChanged: boolean} | null;
	/** One of its instructions takes a minute: to be cut off. */
	isCancelled: boolean;
};

type Random = () => number;

const pick = <Item>(random: Random, items: readonly Item[]): Item => {
	const item = items[Math.floor(random() * items.length)];
	if (item === undefined) throw new Error('There is nothing to pick from.');
	return item;
};

/** How many stages: mostly few, at times up to 60. */
const sizeOf = (random: Random): number =>
	random() < 0.07 ? 25 + Math.floor(random() * 36) : 1 + Math.floor(random() * 9);

/**
 * Makes a Dockerfile and a command in which names, numbers, arguments, platforms, contexts and triggers decide what is
 * built. Each instruction that makes files has a mark of its own, `/sN-iM`, so that what became of it can be told from
 * what docker prints alone.
 */
export const generateBuild = (random: Random): GeneratedBuild => {
	const count = sizeOf(random);
	const draft: Draft = {
		files: {},
		flags: [],
		environment: {},
		globals: [],
		names: [],
		fixed: new Set(),
		triggers: [],
		shells: [],
		bodies: [],
		stages: [],
		isLarge: count > 20,
	};
	for (let index = 0; index < count; index++) addStage(random, index, draft);
	const {files, flags, environment, globals, bodies, stages} = draft;
	const target = targetOf(random, draft);
	const runnable = [...reachedFrom(stages, target)].filter(at => draft.shells[at] && !stages[at]?.isReplaced);
	const special = runnable.length > 0 && random() < 0.2 ? pick(random, runnable) : null;
	const isCancelled = special !== null && random() < 0.3;
	if (special !== null) {
		const mark = markOf(draft, special);
		bodies[special]?.push(`RUN echo ${mark} && ${isCancelled ? 'sleep 60' : 'exit 7'}`);
	}
	const before = special === null && random() < 0.25 ? {isChanged: random() < 0.5} : null;
	return {
		files: {...files, ...fileOf(random, [...globals, ...bodies.flat()], flags)},
		line: ['docker build', ...(before ? [] : ['--no-cache']), ...shuffle(random, flags)].join(' '),
		environment,
		stages,
		target,
		before,
		isCancelled,
	};
};

type Trigger = {line: string; need: number | null};

type Draft = Pick<GeneratedBuild, 'files' | 'environment' | 'stages'> & {
	flags: string[];
	/** The arguments in front of the first `FROM`. */
	globals: string[];
	names: Array<string | null>;
	/** Names that no later stage may take, as the later one would be meant by them. */
	fixed: Set<string>;
	triggers: Trigger[][];
	/** Which stages can run something. */
	shells: boolean[];
	bodies: string[][];
	isLarge: boolean;
};

/** The mark of the next instruction of a stage. */
const markOf = ({stages}: Draft, index: number): string => {
	const stage = stages[index];
	if (!stage) throw new Error(`There is no stage ${index}.`);
	return `/s${index}-i${stage.marks++}`;
};

const isSame = (one: string | null | undefined, other: string) => one?.toLowerCase() === other.toLowerCase();

/** Stages that a name stands for. */
const namedBefore = ({names}: Draft): number[] =>
	names.flatMap((name, at) =>
		name !== null && names.findLastIndex(one => isSame(one, name)) === at ? [at] : [],
	);

const addStage = (random: Random, index: number, draft: Draft): void => {
	const {names, flags, files, fixed, triggers, shells, bodies, stages, isLarge} = draft;
	const earlier = namedBefore(draft);
	const name = random() < 0.25 ? null : nameOf(random, index, draft);
	const isReplaced = name !== null && !names.some(one => isSame(one, name)) && random() < 0.04;
	const base = !isReplaced && earlier.length > 0 && random() < 0.55 ? pick(random, earlier) : null;
	let from =
		base === null
			? pick(random, ['alpine:3.13', 'alpine:3.13', 'alpine:3.13', 'scratch'])
			: (names[base] ?? '').toLowerCase();
	shells.push(base === null ? from !== 'scratch' : shells[base] === true);
	if (base !== null && random() < 0.3) from = viaArgument(random, from, index, draft);
	if (isReplaced) {
		fixed.add(name.toLowerCase());
		flags.push(`--build-context ${name.toLowerCase()}=./given`);
		files['given/f'] = 'given\n';
	}
	names.push(name);
	const stage: MeantStage = {
		needs: base === null ? [] : [base],
		startsFromStage: base !== null,
		marks: 0,
		isReplaced,
	};
	stages.push(stage);
	const need = (used: number | null) => {
		if (used !== null && !isReplaced && !stage.needs.includes(used)) stage.needs.push(used);
	};
	for (const trigger of base === null ? [] : (triggers[base] ?? [])) need(trigger.need);
	const platform = random() < 0.1 ? '--platform=$BUILDPLATFORM ' : '';
	const body = [
		`${pick(random, ['FROM', 'from'])} ${platform}${from}${name === null ? '' : ` ${pick(random, ['AS', 'as'])} ${name}`}`,
	];
	bodies.push(body);
	// By its own name a stage would mean itself.
	const copied = earlier.filter(at => name === null || !isSame(names[at], name));
	const length = random() < 0.15 ? 0 : isLarge ? 1 : 1 + Math.floor(random() * (random() < 0.1 ? 12 : 4));
	for (let at = 0; at < length; at++) {
		const made = instructionOf(random, index, copied, draft);
		need(made.need);
		body.push(made.line);
	}
	triggers.push(name !== null && random() < 0.08 ? triggersOf(random, index, copied, draft) : []);
	body.push(...(triggers[index] ?? []).map(({line}) => `ONBUILD ${line}`));
};

const triggersOf = (random: Random, index: number, earlier: number[], draft: Draft): Trigger[] => {
	const file = contextFile(index, draft);
	const copied = earlier.length > 0 && random() < 0.5 ? pick(random, earlier) : null;
	return [
		{line: `COPY ${file} /onbuild-${index}`, need: null},
		...(copied === null
			? []
			: [{line: `COPY --from=${nameFor(copied, draft)} / /onbuild-copy-${index}`, need: copied}]),
	];
};

const contextFile = (index: number, {files}: Draft): string => {
	const file = `f${index % 3}`;
	files[file] ??= `${index}\n`;
	return file;
};

/** The name by which a stage is copied from: no later stage may take it. */
const nameFor = (used: number, {names, fixed}: Draft): string => {
	const name = names[used] ?? '';
	fixed.add(name.toLowerCase());
	return name;
};

export const reachedFrom = (stages: MeantStage[], target: number): Set<number> => {
	const reached = new Set([target]);
	for (const at of reached) for (const need of stages[at]?.needs ?? []) reached.add(need);
	return reached;
};

const nameOf = (random: Random, index: number, {names, fixed}: Draft): string => {
	const used = names.flatMap(name => (name === null || fixed.has(name.toLowerCase()) ? [] : [name]));
	if (used.length > 0 && random() < 0.06) return pick(random, used);
	return `${pick(random, ['st', 'Build', 'a.b-c', 'x_y'])}${index}`;
};

/** Writes what `FROM` names with an argument; the value that counts comes from the file, a flag or the environment. */
const viaArgument = (
	random: Random,
	from: string,
	index: number,
	{globals, flags, environment}: Draft,
): string => {
	const name = `PICK${index}`;
	switch (Math.floor(random() * 6)) {
		case 0:
			globals.push(`ARG ${name}=${from}`);
			return `$${name}`;
		case 1:
			globals.push(`ARG ${name}=nowhere`);
			flags.push(`--build-arg ${name}=${from}`);
			return `\${${name}}`;
		case 2:
			globals.push(`ARG ${name}`);
			environment[name] = from;
			flags.push(`--build-arg ${name}`);
			return `\${${name}:-nowhere}`;
		case 3:
			globals.push(`ARG ${name}="\${TARGETARCH:+${from}}"`);
			return `\${${name}}`;
		case 4:
			globals.push(`ARG ${name}=pre-${from}.suf`, `ARG ${name}=\${${name}#pre-}`);
			return `\${${name}%.suf}`;
		default:
			globals.push(`ARG ${name}='${from}' OTHER${index}=1`);
			return `"\${${name}/nothing/else}"`;
	}
};

const instructionOf = (
	random: Random,
	index: number,
	earlier: number[],
	draft: Draft,
): {line: string; need: number | null} => {
	const {shells, isLarge} = draft;
	const kind = random();
	if (kind < 0.12)
		return {line: pick(random, ['ENV A=b', 'LABEL a=b', 'ARG X=y', 'EXPOSE 80', 'CMD ["x"]']), need: null};
	const mark = markOf(draft, index);
	if (kind < 0.22) return {line: `WORKDIR ${mark}`, need: null};
	if (kind < 0.45 && earlier.length > 0) {
		const used = pick(random, earlier);
		const name = random() < 0.3 ? String(used) : nameFor(used, draft);
		return {line: `COPY --from=${random() < 0.3 ? name.toUpperCase() : name} / ${mark}`, need: used};
	}
	if (!shells[index] || kind > 0.85 || (isLarge && random() < 0.8)) {
		const chmod = random() < 0.3 ? '--chmod=755 ' : '';
		return {line: `COPY ${chmod}${contextFile(index, draft)} ${mark}`, need: null};
	}
	if (kind < 0.55 && earlier.length > 0) {
		const used = pick(random, earlier);
		const mount = `type=bind,from=${nameFor(used, draft)},target=/mnt`;
		return {line: `RUN --mount=${mount} echo ${mark}`, need: used};
	}
	if (kind < 0.62) return {line: `RUN <<EOF\necho ${mark}\necho second line of ${mark}\nEOF`, need: null};
	if (kind < 0.7) {
		return {
			line: `RUN echo ${mark} && \\\n    # a remark\n    echo "on \${TARGETARCH:-none}" >&2`,
			need: null,
		};
	}
	return {line: `run echo ${mark}; for n in 1 2 3; do echo "${mark} $n"; done`, need: null};
};

const targetOf = (random: Random, draft: Draft): number => {
	const {names, flags, environment} = draft;
	const named = names.filter(one => one !== null);
	const way = random();
	if (way < 0.6 || named.length === 0) {
		if (way < 0.1) flags.push('--target ""');
		return names.length - 1;
	}
	const name = pick(random, named);
	if (way < 0.75) flags.push(`--target ${name}`);
	else if (way < 0.85) flags.push(`--target=${name.toUpperCase()}`);
	else {
		environment.STAGE = name;
		flags.push('--target $STAGE');
	}
	return names.findLastIndex(one => isSame(one, name));
};

const fileOf = (random: Random, body: string[], flags: string[]): Record<string, string> => {
	const content = `${body.join('\n')}\n`;
	const way = random();
	if (way < 0.6) flags.push('.');
	else if (way < 0.7) {
		flags.push('-f other.Dockerfile .');
		return {'other.Dockerfile': content};
	} else if (way < 0.8) {
		flags.push('-f=sub/File .');
		return {'sub/File': content};
	} else if (way < 0.9) {
		flags.push('$PWD');
		return {dockerfile: content};
	} else {
		flags.push('-f - . < from-input');
		return {'from-input': content};
	}
	return {Dockerfile: content};
};

/** Flags in any order; what names the context stays behind, as a redirection does. */
const shuffle = (random: Random, flags: string[]): string[] => {
	const [last = '', ...others] = flags.toReversed();
	return [
		...others
			.map(flag => ({flag, at: random()}))
			.sort((a, b) => a.at - b.at)
			.map(({flag}) => flag),
		last,
	];
};
