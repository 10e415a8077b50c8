import {testPodmans} from './on-podman.js';

testPodmans(['podman5.8', 'podman5.8-docker']);
