import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';

/** One step that runs a command and passes when that exits with 0. */
export type BenchStep = {id: string; command: string};

/** Writes a workshop of an author's own: one chapter with a step for each command, and the context `./context`. */
export const writeWorkshop = (folder: string, steps: BenchStep[], dockerfile = 'FROM scratch\n'): string => {
	const front = [
		'---',
		'format: 1',
		'id: bench',
		'title: Bench',
		'minutes: 1',
		'images: ["alpine:3.13"]',
		'contexts: [context]',
		'---',
		'',
		'What is measured.',
		'',
	];
	const chapter = steps.flatMap(({id, command}) => [
		`## Run ${id}`,
		'',
		'<!-- step',
		`id: ${id}`,
		'kind: run',
		'checks:',
		'  - {check: exit, is: 0, finding: run-failed, hint: The command ended with an error.}',
		'-->',
		'',
		'```sh run',
		command,
		'```',
		'',
	]);
	mkdirSync(path.join(folder, 'context'), {recursive: true});
	writeFileSync(path.join(folder, 'workshop.md'), front.join('\n'));
	writeFileSync(path.join(folder, '01-bench.md'), ['# Bench', '', ...chapter].join('\n'));
	writeFileSync(path.join(folder, 'context', 'Dockerfile'), dockerfile);
	return folder;
};
