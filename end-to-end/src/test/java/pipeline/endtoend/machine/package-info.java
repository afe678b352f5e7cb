/** The machine as the processes of a test see it: its clock, its users, its disks, its network. */
package pipeline.endtoend.machine;
