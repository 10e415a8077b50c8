import {chmodSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import test from 'ava';
import {openWorkshop} from '../../source/app/open-workshop.js';
import {examine} from '../../source/doctor/examine.js';
import type {DoctorFinding} from '../../source/doctor/registry.js';
import {createLedger} from '../../source/storage/ledger.js';
import {welcomeLines} from '../../source/tui/screens/welcome/welcome-lines.js';
import {selectSymbols} from '../../source/view/symbols.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {sampleState} from '../tui/sample-state.js';

// In a process of its own: what is looked at meanwhile has a second.
test('a docker command that hangs is told of while the rest is looked at', async t => {
	const bin = temporaryFolder();
	writeFileSync(path.join(bin, 'docker'), '#!/bin/sh\nexec sleep 60\n');
	chmodSync(path.join(bin, 'docker'), 0o755);
	const home = temporaryFolder();
	const env = {
		PATH: `${bin}${path.delimiter}${process.env.PATH}`,
		HOME: home,
		DOCKER_HOST: `unix://${path.join(home, 'none.sock')}`,
	};
	const open = openWorkshop('multi-stage', path.join(home, 'lab'));
	const found: DoctorFinding[] = [];
	const meanwhile = await new Promise<DoctorFinding>(resolve => {
		void examine(
			{
				...open,
				stateFolder: home,
				labFolder: open.lab.path,
				env,
				ledger: createLedger(home),
				inspectPack: null,
			},
			one => void found.push(one),
			resolve,
		);
	});
	t.like(meanwhile, {id: 'docker-cli', verdict: 'unknown'});
	const ids = found.map(({id}) => id);
	t.false(ids.includes('docker-cli'));
	t.true(
		(['node', 'engine', 'curl', 'terminal'] as const).every(id => ids.includes(id)),
		ids.join(),
	);
	const welcome = welcomeLines(
		sampleState({
			screen: 'welcome',
			findings: [...found, meanwhile],
		}),
		120,
		selectSymbols({LANG: 'C.UTF-8'}, 'linux'),
	);
	t.regex(
		welcome.map(line => line.map(({text}) => text).join('')).join('\n'),
		/machine +looking… `docker --version` has not answered yet/,
	);
});
