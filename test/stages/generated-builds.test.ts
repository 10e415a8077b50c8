import process from 'node:process';
import type {Build, StageStatus} from '../../source/stages/model.js';
import {engineTests} from '../engine/engines.js';
import {createRandom} from '../tools/create-random.js';
import {deep} from '../tools/deep.js';
import {type GeneratedBuild, generateBuild, reachedFrom} from './generate-build.js';
import {readRawjson, type TrueVertex} from './read-rawjson.js';
import {type Followed, trackBuild} from './track-build.js';

const seed = Number(process.env.BUILDS_SEED ?? 20_261_129);
/** More of them are tried by `GENERATED_BUILDS=400`. */
const count = Number(process.env.GENERATED_BUILDS ?? deep(20, 60));

/** The stage that a vertex belongs to, by the mark in its name; null where it has none. */
const ownerOf = ({name}: TrueVertex): number | null => {
	const stage = /\/s(\d+)-i\d+/.exec(name)?.[1];
	return stage === undefined || !/^\[.*\d+\/\d+\] /.test(name) ? null : Number(stage);
};

/** What became of a stage by docker's own words; null where they don't tell. */
const trueStatus = (
	vertices: TrueVertex[],
	{meant, isReached, isGood}: {meant: GeneratedBuild['stages'][number]; isReached: boolean; isGood: boolean},
): StageStatus | null => {
	if (meant.isReplaced) return 'skipped';
	if (meant.marks === 0) return isGood ? (isReached ? 'done' : 'skipped') : null;
	if (vertices.length === 0) return 'skipped';
	const errors = vertices.flatMap(({error}) => error ?? []);
	if (errors.some(error => !error.endsWith('context canceled'))) return 'failed';
	const isWhole = vertices.every(({isCompleted, error}) => isCompleted && error === null);
	if (!isWhole) return isGood ? null : 'cancelled';
	return vertices.every(({isCached}) => isCached) ? 'cached' : 'done';
};

/** The stages that a stage is made from by docker's own words, through vertices of no stage. */
const trueNeeds = (own: TrueVertex[], index: number, vertices: Map<string, TrueVertex>): number[] => {
	const needs = new Set<number>();
	const inputs = new Set(own.flatMap(vertex => vertex.inputs));
	for (const digest of inputs) {
		const vertex = vertices.get(digest);
		const owner = vertex ? ownerOf(vertex) : null;
		if (owner === null) for (const input of vertex?.inputs ?? []) inputs.add(input);
		else if (owner !== index) needs.add(owner);
	}
	return [...needs].sort((a, b) => a - b);
};

/** The stages with vertices that the shown needs of a stage lead to: one without is that which it starts from. */
const shownNeeds = (index: number, build: Build, {stages}: GeneratedBuild): number[] => {
	const places = new Map(build.stages.map(({name}, at) => [name, at]));
	const seen = new Set<number>();
	const take = (at: number, isBaseOnly: boolean) => {
		const names = build.stages[at]?.needs ?? [];
		for (const name of isBaseOnly ? names.slice(0, stages[at]?.startsFromStage ? 1 : 0) : names) {
			const need = places.get(name) ?? -1;
			if ((stages[need]?.marks ?? 0) > 0 && !stages[need]?.isReplaced) seen.add(need);
			else take(need, true);
		}
	};
	take(index, false);
	return [...seen].sort((a, b) => a - b);
};

const sorted = (lines: string[]): string[] => lines.map(line => line.replace(/\r$/, '')).sort();

/** What is shown otherwise than docker says it, in sentences. */
const differences = (
	generated: GeneratedBuild,
	{graph, build, lines, exitCode, stderr}: Followed,
): string[] => {
	const vertices = readRawjson(stderr);
	const found: string[] = [];
	const compare = (what: string, shown: unknown, right: unknown) => {
		if (JSON.stringify(shown) !== JSON.stringify(right)) {
			found.push(`${what}: ${JSON.stringify(shown)} instead of ${JSON.stringify(right)}`);
		}
	};
	const reached = reachedFrom(generated.stages, generated.target);
	const all = [...generated.stages.keys()];
	compare(
		'forecast',
		graph.stages.filter(({name}) => graph.reachable.includes(name)).map(({index}) => index),
		all.filter(index => reached.has(index)),
	);
	compare('stages', build.stages.length, all.length);
	for (const [index, meant] of generated.stages.entries()) {
		const stage = build.stages[index];
		const own = [...vertices.values()].filter(vertex => ownerOf(vertex) === index);
		const status = trueStatus(own, {meant, isReached: reached.has(index), isGood: exitCode === 0});
		// A stage of metadata alone may have an image that was cached.
		const shown = meant.marks === 0 && stage?.status === 'cached' ? 'done' : stage?.status;
		if (status !== null) compare(`status of ${stage?.name}`, shown, status);
		if (own.length > 0) {
			compare(
				`needs of ${stage?.name}`,
				shownNeeds(index, build, generated),
				trueNeeds(own, index, vertices),
			);
			const printed = sorted(own.flatMap(vertex => vertex.lines));
			const told = sorted(lines.get(stage?.name ?? '') ?? []).filter(
				line => line.includes(`/s${index}-`) || printed.includes(line),
			);
			compare(`lines of ${stage?.name}`, told, printed);
		}
	}
	return found;
};

engineTests(
	engineTest => {
		engineTest(`${count} generated builds are shown as docker tells them`, async (t, engine) => {
			t.timeout(1_800_000);
			const random = createRandom(seed);
			const wrong: string[] = [];
			const counts = {good: 0, failed: 0, cancelled: 0, cached: 0};
			for (let at = 0; at < count; at++) {
				const generated = generateBuild(random);
				const {files, line, environment, before, isCancelled} = generated;
				if (before) {
					const earlier = before.isChanged ? changed(files) : files;
					await trackBuild(line, earlier, {engine, environment});
				}
				const followed = await trackBuild(line, files, {
					engine,
					environment,
					...(isCancelled && {cutAt: /sleep 60/}),
				});
				if (isCancelled) counts.cancelled++;
				else if (followed.exitCode !== 0) counts.failed++;
				else if (before) counts.cached++;
				else counts.good++;
				const found = differences(generated, followed);
				if (found.length === 0) continue;
				const text = Object.entries(files).map(([file, content]) => `--- ${file}\n${content}`);
				wrong.push(
					[
						`build ${at}: ${JSON.stringify(environment)} ${line}`,
						...text,
						...followed.build.outside,
						...found,
					].join('\n'),
				);
			}
			t.log(counts);
			t.is(wrong.length, 0, wrong.join('\n\n'));
		});
	},
	['28c'],
);

/** The files of a context with other contents. */
const changed = (files: Record<string, string>): Record<string, string> =>
	Object.fromEntries(
		Object.entries(files).map(([file, content]) => [
			file,
			/^f\d$/.test(file) ? `${content}changed\n` : content,
		]),
	);
