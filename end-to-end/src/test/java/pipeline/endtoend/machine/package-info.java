/** The machine as the processes of a test see it: its clock, its users, its disks. */
package pipeline.endtoend.machine;
