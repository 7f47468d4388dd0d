// Register: the workflows of the area.
export { launch } from './launch.workflow.ts';
export { povLifecycle } from './pov-lifecycle.workflow.ts';
