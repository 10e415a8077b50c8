import path from 'node:path';
import {type IsolatedEngine, isolatedTwin} from '../engine/isolated-engine.js';
import type {TestEngine} from '../engine/test-engine.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {type CliOptions, type CliResult, runCli} from '../tools/run-cli.js';

/** A classroom without a network: a pack that was made elsewhere, and an engine that nothing leads to. */
export type OfflinePlace = {
	folder: string;
	/** The pack's folder. */
	pack: string;
	twin: IsolatedEngine;
	/** How the program is run there. */
	options: CliOptions;
	/** Runs the pack's own program there. */
	there(...args: string[]): Promise<CliResult>;
	/** The least that takes the images in. */
	takeIn(): Promise<CliResult>;
	/** IDs of all images there, a line each. */
	images(): Promise<string>;
	/** An empty engine. */
	startAnew(): Promise<void>;
};

/** Makes a pack on an engine, and starts the engine's isolated twin. */
export const openOfflinePlace = async (engine: TestEngine): Promise<OfflinePlace> => {
	const folder = temporaryFolder();
	const pack = path.join(folder, 'pack');
	const made = await runCli(['pack', pack], {env: engine.env, timeout: 300_000});
	if (made.exitCode !== 0) throw new Error(made.stderr);
	const twin = isolatedTwin(engine);
	const options: CliOptions = {
		program: path.join(pack, 'multistage-workshop.mjs'),
		through: twin.through,
		env: twin.env,
		home: temporaryFolder(),
		cwd: folder,
		timeout: 400_000,
	};
	const place: OfflinePlace = {
		folder,
		pack,
		twin,
		options,
		there: (...args) => runCli(args, options),
		takeIn: () => place.there('run', 'reference', '--pack', pack),
		images: () => twin.docker('image', 'ls', '-aq'),
		async startAnew() {
			await twin.wipe();
			await twin.start();
		},
	};
	await place.startAnew();
	return place;
};
