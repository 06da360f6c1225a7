import type { CatalogEntry } from './catalog.js';

/** What the rendered scripts say: GS1xx on the docker host, GS2xx in build.sh. The words of the script name the values. */
export const HOST_CATALOG: Readonly<Record<string, CatalogEntry>> = {
  // GS100-GS119: before anything is begun
  GS100: { title: 'a tool is missing on the host', titleZh: '主机缺少工具' },
  GS101: { title: 'the env file cannot be read', titleZh: '无法读取环境变量文件' },
  GS102: { title: 'health.url needs curl or wget', titleZh: 'health.url 需要 curl 或 wget' },
  GS103: { title: 'this user may not talk to docker', titleZh: '当前用户无权访问 docker' },
  GS104: { title: 'docker is podman here', titleZh: '此处的 docker 实为 podman' },
  GS105: { title: 'docker does not answer', titleZh: 'docker 无响应' },
  GS106: { title: 'docker is too old', titleZh: 'docker 版本过低' },
  GS107: { title: 'a file of ours cannot be written', titleZh: '无法写入文件' },
  GS108: { title: 'a file of ours is a symbolic link', titleZh: '文件是符号链接' },
  GS109: {
    title: "everybody may write in the history's folder",
    titleZh: '任何人都可以写入历史文件所在的目录',
  },
  GS110: { title: 'another run holds the lock', titleZh: '另一次运行持有锁' },
  GS111: { title: 'no private folder can be made', titleZh: '无法创建私有目录' },

  // GS120-GS129: which container is ours
  GS120: { title: 'the containers cannot be listed', titleZh: '无法列出容器' },
  GS121: { title: 'a container cannot be inspected', titleZh: '无法查看容器详情' },
  GS122: { title: 'the container was started with --rm', titleZh: '容器以 --rm 启动' },
  GS123: { title: 'several containers could be the app', titleZh: '有多个容器可能是该应用' },
  GS124: { title: "the container of that name is somebody else's", titleZh: '同名容器不属于该应用' },
  GS125: {
    title: "files beside the script hold a registry's password in plain text",
    titleZh: '脚本所在目录的文件中有明文的镜像仓库密码',
  },

  // GS130-GS139: images and logins
  GS130: { title: 'the password file cannot be read', titleZh: '无法读取密码文件' },
  GS131: { title: 'the registry refuses the login', titleZh: '镜像仓库登录失败' },
  GS132: { title: 'shipped credentials cannot be deleted', titleZh: '无法删除随脚本传输的凭据' },
  GS133: { title: 'the image cannot be pulled', titleZh: '无法拉取镜像' },
  GS135: { title: 'the docker daemon in use cannot be told', titleZh: '无法确定所用的 docker 守护进程' },
  GS134: { title: 'the pulled image is gone', titleZh: '拉取的镜像已不存在' },

  // GS140-GS149: history, journal, swap file
  GS140: { title: 'the history was changed meanwhile', titleZh: '历史文件在此期间被修改' },
  GS141: { title: 'the journal cannot be written', titleZh: '无法写入日志文件' },
  GS145: { title: 'the swap file names containers of another app', titleZh: '交换文件中有其他应用的容器' },
  GS142: { title: 'the swap file cannot be removed', titleZh: '无法删除交换文件' },
  GS143: { title: 'the swap cannot be recorded, so it is not begun', titleZh: '无法记录切换，因此没有开始' },
  GS144: {
    title: "a history line is not an image of this app's repository",
    titleZh: '历史记录行不是该应用的镜像',
  },

  // GS150-GS159: the swap
  GS150: {
    title: 'nothing better was checked than that the container runs',
    titleZh: '只检查了容器仍在运行',
  },
  GS151: { title: 'the new version did not take over', titleZh: '新版本未能接管' },
  GS152: { title: 'the old container does not come back', titleZh: '旧容器无法恢复' },
  GS153: { title: 'the failed container cannot be removed', titleZh: '无法删除失败的容器' },
  GS154: {
    title: 'the new version took over, but does not serve now',
    titleZh: '新版本已接管，但当前不可用',
  },
  GS155: { title: 'the swap file is not whole', titleZh: '交换文件不完整' },
  GS156: { title: 'an old container cannot be removed', titleZh: '无法删除旧容器' },
  GS157: { title: 'interrupted by a signal', titleZh: '被信号中断' },
  GS158: { title: 'the hook before failed, nothing was changed', titleZh: '前置钩子失败，未做任何更改' },
  GS159: { title: 'the hook after failed, the change stands', titleZh: '后置钩子失败，更改保留' },

  // GS160-GS169: usage
  GS160: { title: 'wrong usage', titleZh: '用法错误' },
  GS161: { title: 'the script was made by another build', titleZh: '脚本来自另一次构建' },

  // GS170-GS179: strategies
  GS170: { title: 'a container that was only checked is left', titleZh: '仅用于检查的容器未能删除' },
  GS171: { title: 'the network of a handover cannot be removed', titleZh: '无法删除交接用的网络' },
  GS172: {
    title: 'the new version serves, but the old one could not be put away',
    titleZh: '新版本已在服务，但旧容器未能收起',
  },
  GS173: {
    title: 'the version to be left is not what runs, and nothing healthy does',
    titleZh: '正在运行的不是要离开的版本，而且没有健康的版本在运行',
  },

  // GS180-GS199: the engine swarm
  GS180: { title: 'this host is no manager of a swarm', titleZh: '该主机不是 swarm 的管理节点' },
  GS181: { title: "the service of that name is somebody else's", titleZh: '同名服务不属于该应用' },
  GS182: { title: 'the service cannot be asked for', titleZh: '无法查询服务' },
  GS183: { title: 'somebody has removed the service meanwhile', titleZh: '服务在此期间被删除' },
  GS184: { title: 'somebody has changed the service meanwhile', titleZh: '服务在此期间被修改' },

  // GS200-GS249: build.sh, on the agent
  GS200: { title: 'wrong usage', titleZh: '用法错误' },
  GS201: { title: 'the agent has no docker', titleZh: '构建机没有 docker' },
  GS202: { title: 'docker does not answer on the agent', titleZh: '构建机上的 docker 无响应' },
  GS203: { title: 'one of the two credentials is missing', titleZh: '缺少一个凭据' },
  GS204: { title: 'no private folder can be made', titleZh: '无法创建私有目录' },
  GS205: { title: 'the registry refuses the login', titleZh: '镜像仓库登录失败' },
  GS206: { title: 'interrupted by a signal', titleZh: '被信号中断' },
  GS207: { title: 'the image was not built', titleZh: '镜像构建失败' },
  GS208: { title: 'the image was not pushed', titleZh: '镜像推送失败' },
};
