// Package parcours plays the whole of the main job on a base of demonstration, each actor under his own account and
// key: in Chromium with every page judged by axe-core, and in plain HTTP without any script. It holds tests only.
package parcours
