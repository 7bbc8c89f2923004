import errno
print(errno.ENOENT, errno.errorcode[errno.EEXIST], OSError(errno.ENOENT))
