import {type Copy, DockerfileParser, type From, type Instruction, type Run} from 'dockerfile-ast';
import {UserError} from '../text/user-error.js';
import {expandArgs} from './expand-args.js';
import type {PlannedInstruction, PlannedStage, StageGraph} from './model.js';

/** A Dockerfile that can't be built as it stands. `line`: from 1; null when it is about no line. */
export class DockerfileError extends UserError {
	override name = 'DockerfileError';
	readonly line: number | null;

	constructor(message: string, line: number | null, next: string | null = null) {
		super(message, {next});
		this.line = line;
	}
}

/** A stage while its edges are still names that have to be looked up. */
type Draft = PlannedStage & {uses: string[]};

type Source = {lines: string[]; escapeMark: string};

/**
 * Reads the stages of a Dockerfile and what they need of each other, without building. `target`: name or number of a
 * stage; the last one without it. Throws a `DockerfileError` when there is no `FROM` or no such target.
 */
export const parseDockerfile = (text: string, target?: string): StageGraph => {
	const dockerfile = DockerfileParser.parse(text);
	const escapeMark = dockerfile.getEscapeCharacter();
	const lines = text.split(/\r?\n/);
	const globalArgs = new Map<string, string>();
	const drafts: Draft[] = [];
	for (const instruction of dockerfile.getInstructions()) {
		const stage = drafts.at(-1);
		if (isFrom(instruction)) drafts.push(draftOf(instruction, drafts, globalArgs));
		else if (stage) addTo(stage, instruction, {lines, escapeMark});
		else if (instruction.getKeyword() === 'ARG') readArg(instruction, globalArgs);
	}
	if (drafts.length === 0) throw new DockerfileError('The Dockerfile has no FROM.', 1);
	nameLast(drafts);
	for (const draft of drafts) resolveNeeds(draft, drafts);
	const stages = drafts.map(({uses: _, ...stage}) => stage);
	const targetStage = findTarget(stages, target);
	return {stages, target: targetStage.name, reachable: reachableFrom(targetStage, stages)};
};

const isFrom = (instruction: Instruction): instruction is From => instruction.getKeyword() === 'FROM';

const draftOf = (from: From, before: Draft[], globalArgs: Map<string, string>): Draft => {
	const image = expandArgs(from.getImage() ?? '', globalArgs);
	const index = before.length;
	const name = from.getBuildStage();
	const base = before.findLast(stage => stage.named && isSame(stage.name, image));
	const range = from.getRange();
	return {
		name: name ?? `stage-${index}`,
		index,
		named: name !== null,
		needs: [],
		image: base ? null : image,
		instructions: [],
		line: range.start.line + 1,
		endLine: range.end.line + 1,
		uses: base ? [String(base.index)] : [],
	};
};

const addTo = (stage: Draft, instruction: Instruction, source: Source) => {
	const planned = plannedOf(instruction, source);
	stage.instructions.push(planned);
	stage.endLine = planned.endLine;
	stage.uses.push(...usesOf(instruction));
};

/** What `COPY --from=` and `RUN --mount=…,from=` name. What `ONBUILD` holds back belongs to another build. */
const usesOf = (instruction: Instruction): string[] => {
	const keyword = instruction.getKeyword();
	if (keyword !== 'COPY' && keyword !== 'RUN') return [];
	return (instruction as Copy | Run).getFlags().flatMap(flag => {
		const value = (flag.getValue() ?? '').replaceAll(/["']/g, '');
		if (keyword === 'COPY') return flag.getName() === 'from' ? [value] : [];
		return flag.getName() === 'mount' ? (/(?:^|,)from=([^,]+)/.exec(value)?.slice(1) ?? []) : [];
	});
};

const plannedOf = (instruction: Instruction, {lines, escapeMark}: Source): PlannedInstruction => {
	const {start, end} = instruction.getRange();
	const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
	const text: string[] = [];
	for (const line of lines.slice(start.line, last + 1)) {
		if (text.length > 0 && /^\s*(#|$)/.test(line)) continue;
		const trimmed = line.trimEnd();
		const continues = trimmed.endsWith(escapeMark);
		text.push(continues ? trimmed.slice(0, -1) : trimmed);
		// What follows a line that doesn't continue is a heredoc.
		if (!continues) break;
	}
	return {
		keyword: instruction.getKeyword(),
		text: text.join('').trim(),
		line: start.line + 1,
		endLine: last + 1,
	};
};

const readArg = (arg: Instruction, globalArgs: Map<string, string>) => {
	for (const argument of arg.getArguments()) {
		const [, name, value] = /^([^=]+)=(.*)$/s.exec(argument.getValue()) ?? [];
		if (name === undefined || value === undefined) continue;
		globalArgs.set(name, expandArgs(value.replace(/^(["'])(.*)\1$/s, '$2'), globalArgs));
	}
};

/** The last stage is shown as `final` when it has no name, unless another one took that. */
const nameLast = (drafts: Draft[]) => {
	const last = drafts.at(-1);
	if (last && !last.named && !drafts.some(({name}) => isSame(name, 'final'))) last.name = 'final';
};

const resolveNeeds = (draft: Draft, drafts: Draft[]) => {
	for (const use of draft.uses) {
		const used =
			drafts.findLast(stage => stage.named && stage !== draft && isSame(stage.name, use)) ??
			(/^\d+$/.test(use) ? drafts[Number(use)] : undefined);
		if (used && used !== draft && !draft.needs.includes(used.name)) draft.needs.push(used.name);
	}
};

const findTarget = (stages: PlannedStage[], target: string | undefined): PlannedStage => {
	const found =
		target === undefined
			? stages.at(-1)
			: (stages.findLast(stage => stage.named && isSame(stage.name, target)) ??
				(/^\d+$/.test(target) ? stages[Number(target)] : undefined));
	if (found) return found;
	const names = stages.filter(stage => stage.named).map(({name}) => `\`${name}\``);
	throw new DockerfileError(
		`The Dockerfile has no stage \`${target}\`.`,
		null,
		names.length > 0 ? `Its stages are ${names.join(', ')}.` : 'None of its stages has a name.',
	);
};

const reachableFrom = (target: PlannedStage, stages: PlannedStage[]): string[] => {
	const reached = new Set<string>();
	const visit = (stage: PlannedStage | undefined) => {
		if (!stage || reached.has(stage.name)) return;
		reached.add(stage.name);
		for (const need of stage.needs) visit(stages.find(({name}) => name === need));
	};
	visit(target);
	return stages.filter(({name}) => reached.has(name)).map(({name}) => name);
};

const isSame = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
