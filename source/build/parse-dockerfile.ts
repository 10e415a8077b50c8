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

/** A stage with its edges: `uses` as written, `needed` looked up. */
type Draft = PlannedStage & {uses: string[]; needed: Draft[]};

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
	const targetStage = findTarget(drafts, target);
	const reached = reachedFrom(targetStage);
	return {
		stages: drafts.map(({uses: _, needed: __, ...stage}) => stage),
		target: targetStage.name,
		reachable: drafts.filter(draft => reached.has(draft)).map(({name}) => name),
	};
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
		uses: [],
		needed: base ? [base] : [],
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
	const others = drafts.map(other => (other === draft ? null : other));
	for (const use of draft.uses) {
		const used = findStage(others, use);
		if (used && !draft.needed.includes(used)) draft.needed.push(used);
	}
	draft.needs = draft.needed.map(({name}) => name);
};

/** A stage by its name, of two the later one, or by its number. */
const findStage = (drafts: Array<Draft | null>, nameOrNumber: string): Draft | null =>
	drafts.findLast(draft => draft?.named && isSame(draft.name, nameOrNumber)) ??
	(/^\d+$/.test(nameOrNumber) ? drafts[Number(nameOrNumber)] : null) ??
	null;

const findTarget = (drafts: Draft[], target: string | undefined): Draft => {
	const found = target === undefined ? drafts.at(-1) : findStage(drafts, target);
	if (found) return found;
	const names = drafts.filter(({named}) => named).map(({name}) => `\`${name}\``);
	throw new DockerfileError(
		`The Dockerfile has no stage \`${target}\`.`,
		null,
		names.length > 0 ? `Its stages are ${names.join(', ')}.` : 'None of its stages has a name.',
	);
};

const reachedFrom = (target: Draft): Set<Draft> => {
	// A set hands out what is added to it while it is walked through.
	const reached = new Set([target]);
	for (const {needed} of reached) for (const draft of needed) reached.add(draft);
	return reached;
};

const isSame = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
