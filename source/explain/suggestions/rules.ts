import {copyManifestsFirst} from './copy-manifests-first.js';
import {ignoreFiles} from './ignore-files.js';
import {leaveNothingBehind} from './leave-nothing-behind.js';
import {mountCaches} from './mount-caches.js';
import {shipWithoutTools} from './ship-without-tools.js';
import {smallerBase} from './smaller-base.js';
import type {Rule} from './suggestion.js';
import {testInOwnStage} from './test-in-own-stage.js';

/** All rules, in the order in which their suggestions are tried: each builds on those that have been proven before. */
export const rules: readonly Rule[] = [
	ignoreFiles,
	copyManifestsFirst,
	// Before stages are split, which this rule would not see through.
	shipWithoutTools,
	smallerBase,
	testInOwnStage,
	mountCaches,
	leaveNothingBehind,
];
