import {UserError} from '../text/user-error.js';
import type {Figures} from './measurement.js';
import type {Project, ProjectTexts} from './project.js';
import {rules} from './suggestions/rules.js';
import type {Suggestion} from './suggestions/suggestion.js';

/** What a suggestion makes better or worse. */
export type Difference = {of: keyof Figures; before: number; after: number};

/** A suggestion that was built, and gained something. `before`: with the suggestions that were proven before it. */
export type ProvenSuggestion = Pick<Suggestion, 'rule' | 'line' | 'says' | 'because'> & {
	before: Figures;
	after: Figures;
};

/** What came of a number of suggestions. */
export type Proof = {
	proven: ProvenSuggestion[];
	/** The project with all of them. */
	texts: ProjectTexts;
	figures: Figures;
	/** How many suggestions gained nothing, or broke the build. */
	rejected: number;
};

/**
 * What counts as a difference: less is within what two builds of the same differ by. Of seconds and bytes, and as a
 * part of what it was before.
 */
const least: Record<keyof Figures, {absolute: number; relative: number}> = {
	imageBytes: {absolute: 100_000, relative: 0.01},
	afterSource: {absolute: 0.3, relative: 0.1},
	afterPackages: {absolute: 0.3, relative: 0.1},
};

/** How figures differ, as far as that counts. */
export const listDifferences = (before: Figures, after: Figures): Difference[] =>
	(Object.keys(least) as Array<keyof Figures>).flatMap(of => {
		const [was, is] = [before[of], after[of]];
		if (was === null || is === null) return [];
		const difference = Math.abs(was - is);
		const counts = difference >= least[of].absolute && difference >= least[of].relative * was;
		return counts ? [{of, before: was, after: is}] : [];
	});

/** From when on more seconds count as worse: a busy machine alone makes a build that much slower. */
const leastLoss = {absolute: 1, relative: 0.25};

/** Whether something gets better, and nothing worse. */
export const isGain = (before: Figures, after: Figures): boolean => {
	const differences = listDifferences(before, after);
	const isWorse = ({of, before: was, after: is}: Difference): boolean =>
		is > was &&
		(of === 'imageBytes' || (is - was >= leastLoss.absolute && is - was >= leastLoss.relative * was));
	return differences.some(({before: was, after: is}) => is < was) && !differences.some(isWorse);
};

/** The smaller of each figure. */
const takeBest = (one: Figures, other: Figures): Figures => ({
	imageBytes: Math.min(one.imageBytes, other.imageBytes),
	afterSource: takeFaster(one.afterSource, other.afterSource),
	afterPackages: takeFaster(one.afterPackages, other.afterPackages),
});

const takeFaster = (one: number | null, other: number | null): number | null =>
	one === null || other === null ? null : Math.min(one, other);

/**
 * Tries suggestions one after another, each together with those that have been proven, so that all of them together
 * are. `measure`: builds a project; null if the build fails, or its image does something else.
 */
export const proveSuggestions = async (
	start: {texts: ProjectTexts; figures: Figures},
	{
		read,
		measure,
		onTry,
	}: {
		/** Throws a `UserError` for a project that can't be built. */
		read(texts: ProjectTexts): Project;
		measure(texts: ProjectTexts): Promise<Figures | null>;
		onTry(suggestion: Suggestion): void;
	},
): Promise<Proof> => {
	const proof: Proof = {proven: [], ...start, rejected: 0};
	const tried = new Set<string>([JSON.stringify(start.texts)]);
	let project = read(start.texts);
	const findNext = (rule: (typeof rules)[number]): Suggestion | undefined => {
		const found = rule.suggest(project).find(({dockerfile, ignore}) => {
			const key = JSON.stringify({dockerfile, ignore});
			return !tried.has(key) && tried.add(key);
		});
		return found && {...found, rule: rule.name};
	};
	/** Measures a project. If its seconds differ, measures both once more, and keeps what was fastest. */
	const compare = async (texts: ProjectTexts): Promise<Figures | null> => {
		const first = await measure(texts);
		if (!first || listDifferences(proof.figures, first).every(({of}) => of === 'imageBytes')) return first;
		const before = await measure(proof.texts);
		const second = await measure(texts);
		if (before) proof.figures = takeBest(proof.figures, before);
		return second && takeBest(first, second);
	};
	for (const rule of rules) {
		for (let next = findNext(rule); next; next = findNext(rule)) {
			const {dockerfile, ignore, ...suggestion} = next;
			onTry(next);
			const changed = readIfBuildable({dockerfile, ignore}, read);
			const after = changed && (await compare({dockerfile, ignore}));
			if (changed === null || after === null || !isGain(proof.figures, after)) {
				proof.rejected++;
				continue;
			}
			proof.proven.push({...suggestion, before: proof.figures, after});
			proof.texts = {dockerfile, ignore};
			project = changed;
			proof.figures = after;
		}
	}
	return proof;
};

/** Null for a project that can't be built. */
const readIfBuildable = (texts: ProjectTexts, read: (texts: ProjectTexts) => Project): Project | null => {
	try {
		return read(texts);
	} catch (error) {
		if (error instanceof UserError) return null;
		throw error;
	}
};
