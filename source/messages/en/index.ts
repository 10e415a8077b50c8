import {app} from './app.js';
import {board} from './board.js';
import {checks} from './checks.js';
import {commands} from './commands.js';
import {docker} from './docker.js';
import {doctor} from './doctor.js';
import {engine} from './engine.js';
import {explain} from './explain.js';
import {hub} from './hub.js';
import {keys} from './keys.js';
import {ownership} from './ownership.js';
import {pack} from './pack.js';
import {plain} from './plain.js';
import {report} from './report.js';
import {results} from './results.js';
import {review} from './review.js';
import {runner} from './runner.js';
import {seat} from './seat.js';
import {session} from './session.js';
import {simulate} from './simulate.js';
import {stages} from './stages.js';
import {storage} from './storage.js';
import {text} from './text.js';
import {tui} from './tui.js';
import {view} from './view.js';
import {workshop} from './workshop.js';

export const messages = {
	app,
	board,
	checks,
	commands,
	docker,
	doctor,
	engine,
	explain,
	hub,
	keys,
	ownership,
	pack,
	plain,
	report,
	results,
	review,
	runner,
	seat,
	session,
	simulate,
	stages,
	storage,
	text,
	tui,
	view,
	workshop,
};
