package follow

import "syscall"

// deaf is the file systems that tell nothing of what others write: those of the network and of hosts of virtual machines, and those that
// exist only while they are read.
var deaf = map[uint32]bool{
	0x6969: true, 0x517b: true, 0xff534d42: true, 0xfe534d42: true, 0x01021997: true, 0x5346414f: true, 0x00c36400: true, 0x65735546: true,
	0x564c: true, 0x9fa0: true, 0x62656572: true, 0x786f4256: true, 0xbacbacbc: true, 0x0bd00bd0: true, 0x47504653: true,
}

// silent says whether changes in a folder go unnoticed.
func silent(dir string) bool {
	var s syscall.Statfs_t
	return syscall.Statfs(dir, &s) == nil && deaf[uint32(s.Type)]
}
